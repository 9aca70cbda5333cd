/** Raise it when the same text is split or indexed otherwise than before: documents are then written again when they come again. */
const VERSION = 1;

/** The same for documents that would be stored alike. */
export async function fingerprintDocument(
  document: { title: string; mediaType: string; text: string },
  embedderId: string | null,
): Promise<string> {
  const content = JSON.stringify([VERSION, document.title, document.mediaType, document.text, embedderId]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(content));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
