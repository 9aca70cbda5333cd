import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RESTART_SEPARATOR } from '../../src/wire/answer-text.ts';
import { foldMessage } from '../../src/wire/fold-message.ts';
import { replayChunks } from '../../src/wire/replay-chunks.ts';
import { STREAM_FORMATS, streamEncoder, type StreamFormat } from '../../src/wire/stream-formats.ts';
import { encodeTurn, numbered, TURN } from './encode-turn.ts';
import { type ExpectedItem, type RandomTurn, randomTurn } from './random-turn.ts';
import { chunksOf, READERS, type Reading } from './read-any-format.ts';

/** Reads the first `cut` chunks live. */
function begin(format: StreamFormat, { chunks }: RandomTurn, cut: number): string {
  const encoder = streamEncoder(format, TURN);
  const seen = numbered(chunks).slice(0, cut);
  return seen.map((entry) => encoder.encode(entry)).join('');
}

/** Reads the rest, as it is written or, when it is `written` already, all at once. */
function goOn(format: StreamFormat, { chunks }: RandomTurn, cut: number, written: boolean): string {
  const encoder = streamEncoder(format, TURN);
  const entries = numbered(chunks);
  if (written) return [...replayChunks(encoder, entries, cut), encoder.end()].join('');
  const seen = [...replayChunks(encoder, entries.slice(0, cut), cut)];
  const rest = entries.slice(cut).map((entry) => encoder.encode(entry));
  return [...seen, ...rest, encoder.end()].join('');
}

/** What the format must show of these items: seed 003's events tell no calls, plain text and OpenAI's chunks know no tools of ours, the chatbot's variants only those that run code. */
function expectedOf(format: StreamFormat, items: readonly ExpectedItem[]): Reading {
  const shows = ({ kind, runsCode }: ExpectedItem) =>
    kind === 'text' ||
    (!(format === 'scorpio' && kind === 'call') &&
      format !== 'text' &&
      format !== 'openai' &&
      (format !== 'chatbot' || runsCode));
  const shown = items.filter(shows);
  const of = (wanted: ExpectedItem['kind']) => shown.filter(({ kind }) => kind === wanted);
  return {
    text: of('text')
      .map(({ said }) => said)
      .join(''),
    calls: of('call').map(({ id, said }) => `${id}: ${said}`),
    results: of('result').map(({ id, said }) => `${id}: ${said}`),
  };
}

function join(first: Reading, second: Reading): Reading {
  return {
    text: first.text + second.text,
    calls: [...first.calls, ...second.calls],
    results: [...first.results, ...second.results],
  };
}

/** Without what abandoned steps left, and without separators. */
function settled(reading: Reading): Reading {
  return { ...reading, text: reading.text.replaceAll(/X|\n\n---\n\n|\n\n/g, '') };
}

const pairs = STREAM_FORMATS.flatMap((first) => STREAM_FORMATS.map((second) => [first, second] as const));
const turnAndCut = randomTurn.chain((turn) => fc.tuple(fc.constant(turn), fc.nat(turn.chunks.length), fc.boolean()));

describe('a turn that is begun in one format and read on in another', () => {
  test.each(pairs)('%s, then %s: nothing is lost, nothing doubled, at any cut', (first, second) => {
    fc.assert(
      fc.property(turnAndCut, ([turn, cut, written]) => {
        const read = join(READERS[first](begin(first, turn, cut)), READERS[second](goOn(second, turn, cut, written)));
        const before = turn.expected.filter(({ seq }) => seq <= cut);
        const after = turn.expected.filter(({ seq }) => seq > cut);
        expect(settled(read)).toEqual(join(expectedOf(first, before), expectedOf(second, after)));
      }),
      { numRuns: 150 },
    );
  });
});

test.each(['metis', 'scorpio', 'chatbot', 'openai', 'text'] as const)(
  '%s read on as it is written: the text is the same to the byte',
  (format) => {
    fc.assert(
      fc.property(turnAndCut, ([turn, cut]) => {
        const read = join(READERS[format](begin(format, turn, cut)), READERS[format](goOn(format, turn, cut, false)));
        expect(read.text).toBe(READERS[format](encodeTurn(format, turn.chunks)).text);
      }),
    );
  },
);

test.each(['metis', 'scorpio', 'chatbot', 'openai', 'text'] as const)(
  '%s read when all is written: no abandoned text comes up again',
  (format) => {
    fc.assert(
      fc.property(turnAndCut, ([turn, cut]) => {
        const rest = goOn(format, turn, cut, true);
        expect(rest).not.toContain('X');
        const sawAbandoned = begin(format, turn, cut).includes('X');
        const isSetOff = READERS[format](rest).text.includes(RESTART_SEPARATOR);
        expect(isSetOff && !sawAbandoned).toBe(false);
      }),
    );
  },
);

test('ui: the chunks of both readings fold to the message that is stored', async () => {
  await fc.assert(
    fc.asyncProperty(turnAndCut, async ([turn, cut, written]) => {
      const chunks = [...chunksOf(begin('ui', turn, cut)), ...chunksOf(goOn('ui', turn, cut, written))];
      expect(chunks).toEqual(turn.chunks);
      expect(await foldMessage('m', chunks)).toEqual(await foldMessage('m', turn.chunks));
    }),
    { numRuns: 50 },
  );
});

test('every reading ends as the turn did, also one that had nothing left to read', () => {
  const last = {
    metis: { complete: '"completion"', stopped: '"completion"', failed: '"error"' },
    scorpio: { complete: '[DONE]', stopped: '[DONE]', failed: '[DONE]' },
    chatbot: { complete: 'Stream ended.', stopped: 'stopped by user', failed: 'with an error' },
    openai: { complete: '[DONE]', stopped: '[DONE]', failed: '"error"' },
  };
  fc.assert(
    fc.property(
      turnAndCut,
      fc.constantFrom('metis' as const, 'scorpio' as const, 'chatbot' as const, 'openai' as const),
      ([turn, cut, written], format) => {
        const lines = goOn(format, turn, cut, written).trimEnd().split('\n');
        expect(lines.at(-1)).toContain(last[format][turn.ending]);
        expect(begin(format, turn, cut)).not.toMatch(/"completion"|"type":"error","(message|data)":"|StreamEnd|DONE/);
      },
    ),
  );
});
