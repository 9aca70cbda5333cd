/** `1, 2, 3 …` up to the limit. */
export function countTo(limit: number): string {
  return `${Array.from({ length: limit }, (_, at) => at + 1).join(', ')}.`;
}

/** Long enough to stop it, leave it and come back to it. */
export function story(topic: string[]): string {
  const subject = topic.filter((word) => !/^(?:story|poem|essay|long|short)$/i.test(word)).join(' ') || 'a lighthouse';
  return [
    `# A story about ${subject}`,
    `On the last rock before the open sea stood a small house with one lamp. Nobody remembered who had built it, but everybody knew what it was for. Each evening its keeper wrote one sentence about ${subject} on a strip of paper, and sent it to the harbour with the first gull that would carry it.`,
    'Some gulls were slow, and some forgot where they were going. So the keeper numbered every strip, and kept a copy in a drawer. When the harbour wrote back that the seventh sentence was missing, the keeper opened the drawer, took out the seventh strip and sent it again, and never a word of it was changed.',
    'One night the lamp went out in the middle of a sentence. The people in the harbour waited. They had six strips and half a seventh, and the half was enough to know that more was meant to come. A second keeper rowed out in the dark, read what was in the drawer, lit the lamp, and wrote on from the very word where the ink had stopped.',
    `In the morning the whole story of ${subject} lay on the harbour wall, every strip in its place. "Who wrote it?" asked a child. "Whoever held the lamp," said the harbour master, "and that is why we number the strips."`,
  ].join('\n\n');
}

export const MARKDOWN_SAMPLE = [
  'Here is some markdown to look at. It has **bold**, *italic* and `code`.',
  '',
  '| word | length |',
  '| --- | ---: |',
  '| edge | 4 |',
  '| stream | 6 |',
  '',
  '```ts',
  "const answer = ['one', 'two', 'three'].join(', ');",
  'console.log(answer);',
  '```',
  '',
  '1. A first point.',
  '2. A second point, with a [link](https://example.com).',
].join('\n');
