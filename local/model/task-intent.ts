export type TaskVerb = 'add_task' | 'list_tasks' | 'complete_task' | 'delete_task' | 'update_task';

/** What a clause wants to have done with tasks. `reference` is a task's number, or its title. */
export interface TaskIntent {
  verb: TaskVerb;
  title?: string;
  reference?: string;
  status?: 'pending' | 'completed';
}

const TASK = String.raw`(?:task|todo|to-do)`;
const REFERENCE = String.raw`(?:(?:the|my)\s+)?${TASK}\s+(?:number\s+|no\.?\s+|called\s+|named\s+)?#?(.+?)`;

const PATTERNS: [RegExp, (match: string[]) => TaskIntent][] = [
  [
    pattern(String.raw`(?:rename|update|change)\s+${REFERENCE}\s+(?:to|into|as)\s+(.+)`),
    ([, reference = '', title = '']) => ({ verb: 'update_task', reference: clean(reference), title: clean(title) }),
  ],
  [pattern(String.raw`(?:complete|finish|close|tick off|check off)\s+${REFERENCE}`), completed],
  [pattern(String.raw`mark\s+${REFERENCE}(?:\s+as)?\s+(?:done|complete|completed|finished)`), completed],
  [
    pattern(String.raw`(?:delete|remove)\s+${REFERENCE}`),
    ([, reference = '']) => ({ verb: 'delete_task', reference: clean(reference) }),
  ],
  [pattern(String.raw`remind\s+me\s+(?:to\s+)?(.+)`), added],
  [
    pattern(
      String.raw`(?:add|create|make)\s+(?:(?:a|an|another|one|the)\s+)?(?:more\s+|new\s+)?(?:${TASK}|reminder)(?:\s+(?:to|called|named|for|that says))?:?\s+(.+)`,
    ),
    added,
  ],
  [pattern(String.raw`(?:add|put)\s+(.+?)\s+(?:to|on)\s+(?:my|the)\s+(?:${TASK}s?|list|task list|to-do list)`), added],
  [
    pattern(String.raw`(?:list|show|what|which|see|read|tell)\b.*\b(?:${TASK}s|${TASK} list)\b.*`),
    ([whole = '']) => ({ verb: 'list_tasks', ...statusIn(whole) }),
  ],
];

function pattern(source: string): RegExp {
  return new RegExp(`^(?:please\\s+|can you\\s+|could you\\s+|i want to\\s+)*${source}\\s*$`, 'is');
}

function added([, title = '']: string[]): TaskIntent {
  return { verb: 'add_task', title: capitalised(clean(title)) };
}

function completed([, reference = '']: string[]): TaskIntent {
  return { verb: 'complete_task', reference: clean(reference) };
}

function statusIn(clause: string): Pick<TaskIntent, 'status'> {
  if (/\b(?:open|pending|unfinished|left)\b/i.test(clause)) return { status: 'pending' };
  return /\b(?:completed|finished|done)\b/i.test(clause) ? { status: 'completed' } : {};
}

function clean(text: string): string {
  return text
    .trim()
    .replace(/^["'“‘*]+|["'”’*.!?]+$/g, '')
    .trim();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Null when the clause is not about tasks. */
export function readTaskIntent(clause: string): TaskIntent | null {
  for (const [pattern, read] of PATTERNS) {
    const match = pattern.exec(clause.replace(/[.!?]+$/, ''));
    if (match) return read([...match]);
  }
  return null;
}
