import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOOL_APPROVALS } from '../../src/tools/approval-rules.ts';
import { decideApproval } from '../../src/tools/decide-approval.ts';

const reads = { name: 'list_notes', annotations: { readOnlyHint: true } };
const writes = { name: 'delete_note' };

describe('without a rule of its own', () => {
  test.each(TOOL_APPROVALS)('a remote tool follows the deployment: %s', (deployment) => {
    expect(decideApproval({ builtIn: false }, writes, deployment)).toBe(deployment);
  });

  test.each(TOOL_APPROVALS)('a built-in tool runs, whatever the deployment says of remote ones: %s', (deployment) => {
    expect(decideApproval({ builtIn: true }, writes, deployment)).toBe('auto');
  });

  test('the server comes before the deployment', () => {
    expect(decideApproval({ builtIn: false, approval: 'auto' }, writes, 'deny')).toBe('auto');
    expect(decideApproval({ builtIn: true, approval: 'ask' }, writes, 'auto')).toBe('ask');
  });

  test('a tool that only reads is not asked about, if its server is believed', () => {
    expect(decideApproval({ builtIn: false, trusted: true }, reads, 'ask')).toBe('auto');
    expect(decideApproval({ builtIn: true, approval: 'ask' }, reads, 'auto')).toBe('auto');
    expect(decideApproval({ builtIn: false }, reads, 'ask')).toBe('ask');
    expect(decideApproval({ builtIn: false, trusted: true }, reads, 'deny')).toBe('deny');
  });
});

describe('a rule for the tool', () => {
  test('comes before everything else, also before what the tool says of itself', () => {
    const server = { builtIn: false, trusted: true, approval: 'auto', tools: { list_notes: 'ask' } } as const;
    expect(decideApproval(server, reads, 'auto')).toBe('ask');
    expect(decideApproval({ builtIn: true, tools: { 'delete_*': 'deny' } }, writes, 'auto')).toBe('deny');
  });

  test('an exact name comes before a pattern, and a longer pattern before a shorter one', () => {
    const tools = { '*': 'deny', 'delete_*': 'ask', delete_note: 'auto' } as const;
    const decide = (name: string) => decideApproval({ builtIn: false, tools }, { name }, 'auto');
    expect([decide('delete_note'), decide('delete_all'), decide('add')]).toEqual(['auto', 'ask', 'deny']);
  });

  test.each([
    ['*', 'anything', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c', false],
    ['ab*bc', 'abc', false],
    ['delete_*', 'undelete_it', false],
    ['*.write', 'files.write', true],
    ['a.c', 'abc', false],
  ])('the pattern %s and the name %s', (pattern, name, fits) => {
    const rules = { builtIn: false, tools: { [pattern]: 'deny' } } as const;
    expect(decideApproval(rules, { name }, 'auto')).toBe(fits ? 'deny' : 'auto');
  });

  test('fits any name that is made from it', () => {
    const piece = string({ unit: constantFrom('a', 'b', '_', '.', '('), maxLength: 6 });
    assert(
      property(array(tuple(piece, piece), { minLength: 1, maxLength: 6 }), piece, (pairs, end) => {
        const pattern = pairs.map(([text]) => `${text}*`).join('') + end;
        const name = pairs.map(([text, filler]) => text + filler).join('') + end;
        expect(decideApproval({ builtIn: false, tools: { [pattern]: 'deny' } }, { name }, 'auto')).toBe('deny');
      }),
    );
  });
});
