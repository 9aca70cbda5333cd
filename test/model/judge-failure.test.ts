import { APICallError } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { judgeFailure } from '../../src/model/judge-failure.ts';
import { ProviderTimeoutError } from '../../src/model/provider-errors.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const answered = (statusCode: number, responseHeaders: Record<string, string> = {}) =>
  new APICallError({ message: 'no', url: 'http://provider', requestBodyValues: {}, statusCode, responseHeaders });

test.each([
  [400, 'provider_error', false, null],
  [413, 'provider_error', false, null],
  [422, 'provider_error', false, null],
  [401, 'provider_error', true, 300_000],
  [403, 'provider_error', true, 300_000],
  [404, 'provider_error', true, 300_000],
  [408, 'provider_timeout', true, null],
  [409, 'provider_error', true, null],
  [429, 'provider_error', true, null],
  [500, 'provider_error', true, null],
  [503, 'provider_error', true, null],
  [504, 'provider_timeout', true, null],
] as const)('status %i', (status, code, tryNext, coolDownMs) => {
  expect(judgeFailure(answered(status), NOW)).toEqual({ code, tryNext, coolDownMs });
});

test.each([
  ['seconds', { 'retry-after': '2' }, 2000],
  ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:07 GMT' }, 7000],
  ['a date that is over', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
  ['milliseconds', { 'retry-after-ms': '150', 'retry-after': '9' }, 150],
  ['more than five minutes', { 'retry-after': '86400' }, 300_000],
  ['nothing readable', { 'retry-after': 'soon' }, null],
])('a provider that asks for time in %s', (_name, headers, coolDownMs) => {
  expect(judgeFailure(answered(429, headers), NOW).coolDownMs).toBe(coolDownMs);
  expect(judgeFailure(answered(503, headers), NOW).coolDownMs).toBe(coolDownMs);
});

test('silence is a timeout, everything else a failure; both may be made good', () => {
  expect(judgeFailure(new ProviderTimeoutError('headers', 1), NOW)).toMatchObject({
    code: 'provider_timeout',
    tryNext: true,
  });
  expect(judgeFailure(new TypeError('fetch failed'), NOW)).toMatchObject({ code: 'provider_error', tryNext: true });
  expect(judgeFailure(undefined, NOW)).toMatchObject({ code: 'provider_error', tryNext: true });
});
