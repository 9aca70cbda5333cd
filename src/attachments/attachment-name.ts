import { NAME_MAX_CHARACTERS } from './attachment-limits.ts';

const ENDINGS: Record<string, string> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
  'audio/wav': '.wav',
  'audio/mpeg': '.mp3',
};

/** A name for a file that a workspace takes, as close to the client's as can be. `number` tells the files of a message apart. */
export function attachmentName(sent: string | undefined, mediaType: string, number: number): string {
  const plain = (sent ?? '')
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{M}\p{N}\u200c. _()-]+/gu, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. _]+/, '')
    .trim();
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(plain)?.[0] ?? ENDINGS[mediaType] ?? '.txt';
  const stem = Array.from(plain.endsWith(ending) ? plain.slice(0, -ending.length) : plain)
    .slice(0, NAME_MAX_CHARACTERS)
    .join('')
    .trim();
  return `${number}-${stem || 'file'}${ending}`;
}
