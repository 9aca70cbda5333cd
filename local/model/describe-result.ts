import { asRecord, idOf, readToolResult, rowsOf, titleOf, type ResultRecord } from './tool-result.ts';

const DONE: [RegExp, string][] = [
  [/add_task$/, 'I added'],
  [/complete_task$/, 'I marked as done'],
  [/delete_task$/, 'I deleted'],
  [/update_task$/, 'I updated'],
];

/** What the AI SDK tells a model whose call it did not carry out; it is meant for the model. */
const REFUSED_CALL = /^AI_\w+Error: /;

/** One tool's answer in words that hold its facts. */
export function describeResult(toolName: string, text: string): string {
  const value = readToolResult(text);
  const rows = rowsOf(value);
  const record = asRecord(value);
  if (record && record['status'] === 'error')
    return `That did not work: ${textOf(record['message'] ?? 'the tool refused')}`;
  if (rows) return describeRows(toolName, rows);
  if (typeof value === 'string' && REFUSED_CALL.test(value)) return `I could not call the tool \`${toolName}\`.`;
  if (!record) return `The tool \`${toolName}\` answered: ${text === '' ? 'nothing' : textOf(value)}`;

  const done = DONE.find(([name]) => name.test(toolName))?.[1];
  const named = titleOf(record) !== null && idOf(record) !== null;
  if (done && named) return `${done} task ${describeRow(record)}.`;
  return `The tool \`${toolName}\` answered:\n\n${describeFields(record)}`;
}

function describeRows(toolName: string, rows: unknown[]): string {
  const areTasks = toolName.endsWith('list_tasks');
  if (rows.length === 0) return areTasks ? 'Your task list is empty.' : `The tool \`${toolName}\` found nothing.`;
  const heading = areTasks ? 'Here are your tasks:' : `The tool \`${toolName}\` answered:`;
  const lines = rows.map((row) => `- ${typeof row === 'string' ? row : describeRow(asRecord(row) ?? { value: row })}`);
  return `${heading}\n\n${lines.join('\n')}`;
}

function describeRow(row: ResultRecord): string {
  const title = titleOf(row);
  if (title === null) return JSON.stringify(row);
  const id = idOf(row);
  const state = row['completed'] === true && row['status'] === undefined ? ' (done)' : '';
  return `${id === null ? '' : `**${id}**: `}${title}${state}`;
}

function describeFields(record: ResultRecord): string {
  return Object.entries(record)
    .map(([name, value]) => `- **${name}**: ${textOf(value)}`)
    .join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
