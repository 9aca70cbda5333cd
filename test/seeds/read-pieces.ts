/** A body as a network may deliver it: whatever comes is cut into pieces of these many bytes, over and over. */
export async function readPieces(response: Response, sizes: readonly number[]): Promise<Uint8Array[]> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(from, from + size));
    from += size;
  }
  return pieces;
}
