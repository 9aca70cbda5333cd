/**
 * A glob as a regular expression for whole paths, in the syntax that Postgres and JavaScript share: `*` and `?` stay inside a name, `**`
 * crosses folders, everything else stands for itself. A glob without a slash is about the name in any folder.
 */
export function globPattern(glob: string): string {
  const anywhere = glob.includes('/') ? '' : '(.*/)?';
  const pieces = glob.match(/\*\*+\/?|[^*]|\*/g) ?? [];
  return `^${anywhere}${pieces.map(pieceOf).join('')}$`;
}

function pieceOf(piece: string): string {
  if (piece.startsWith('**')) return piece.endsWith('/') ? '(.*/)?' : '.*';
  if (piece === '*') return '[^/]*';
  if (piece === '?') return '[^/]';
  return piece.replace(/[\\^$.|+()[\]{}]/, '\\$&');
}
