/** How files of the kinds that models take begin. `RIFF` has the kind four bytes further on. */
const BEGINNINGS: [mediaType: string, pattern: RegExp][] = [
  ['image/png', /^\x89PNG\r\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[^]{4}WEBP/],
  ['application/pdf', /^%PDF-/],
  ['audio/wav', /^RIFF[^]{4}WAVE/],
  ['audio/mpeg', /^(ID3|\xff[\xf2\xf3\xfb])/],
];

export const KNOWN_MEDIA: readonly string[] = BEGINNINGS.map(([mediaType]) => mediaType);

/** What the bytes are, whatever their name says; null for a kind that no model takes. */
export function mediaOfBytes(bytes: Uint8Array): string | null {
  const beginning = String.fromCharCode(...bytes.subarray(0, 16));
  return BEGINNINGS.find(([, pattern]) => pattern.test(beginning))?.[0] ?? null;
}
