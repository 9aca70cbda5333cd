/** Redis answers a sorted set's members and their scores in one flat list. */
export function scoredMembers(flat: (string | number)[]): { member: string; score: number }[] {
  return flat.flatMap((item, index) =>
    index % 2 === 0 ? [{ member: String(item), score: Number(flat[index + 1]) }] : [],
  );
}
