import { toBase64 } from '../workspace/base64.ts';
import { OUTPUT_MAX_CHARACTERS, PICTURES_MAX, PICTURES_MAX_CHARACTERS } from './code-limits.ts';
import type { Picture } from './code-runner.ts';

const MEDIA_TYPE = /^image\/(svg\+xml|png|jpeg|gif|webp)$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** What a run has shown so far, within our limits. */
export interface SandboxOutput {
  log(level: string, line: string): null;
  /** Null, or what is wrong with the picture. SVG comes as its source, anything else in base64. */
  show(mediaType: string, data: string): string | null;
  stdout(): string;
  stderr(): string;
  pictures(): Picture[];
}

export function sandboxOutput(): SandboxOutput {
  const texts = { out: '', err: '' };
  const pictures: Picture[] = [];
  let room = OUTPUT_MAX_CHARACTERS;
  let pictureRoom = PICTURES_MAX_CHARACTERS;

  return {
    log(level, line) {
      if (room <= 0) return null;
      const stream = level === 'warn' ? 'err' : 'out';
      const shown = `${line}\n`.slice(0, room);
      room -= shown.length;
      texts[stream] += room > 0 ? shown : `${shown}\n[The output is cut after ${OUTPUT_MAX_CHARACTERS} characters.]\n`;
      return null;
    },
    show(mediaType, data) {
      if (!MEDIA_TYPE.test(mediaType)) return 'A picture must be an SVG, PNG, JPEG, GIF or WebP.';
      const base64 =
        mediaType === 'image/svg+xml' ? toBase64(new TextEncoder().encode(data)) : data.replaceAll(/\s/g, '');
      if (data === '' || !BASE64.test(base64) || base64.length % 4 !== 0) return 'The picture is not base64.';
      if (pictures.length >= PICTURES_MAX) return `A run may show ${PICTURES_MAX} pictures.`;
      if (base64.length > pictureRoom)
        return `All pictures of a run may have ${PICTURES_MAX_CHARACTERS} characters of base64.`;
      pictureRoom -= base64.length;
      pictures.push({ mediaType, base64 });
      return null;
    },
    stdout: () => texts.out.trimEnd().toWellFormed(),
    stderr: () => texts.err.trimEnd().toWellFormed(),
    pictures: () => pictures,
  };
}
