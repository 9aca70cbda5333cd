import type { AuthRequired } from '../tools/auth-required.ts';
import type { TurnTools } from '../tools/tool-hub.ts';

const WHY: Record<AuthRequired['kind'], string> = {
  login: 'These tool servers can be used once the user has logged in to them, at a link that the user is shown',
  secret: 'These tool servers can be used once the user has stored a secret for them',
  headers: 'These tool servers cannot be used, because the request lacks headers that they need',
};

/** What the model should know of servers that are missing from its turn, so that it does not invent what they would say. Without addresses. */
export function serverNotices({
  unavailable,
  authRequired,
}: Pick<TurnTools, 'unavailable' | 'authRequired'>): string[] {
  const locked = new Set(authRequired.map(({ server }) => server));
  const away = unavailable.flatMap(({ server }) => (locked.has(server) ? [] : [server]));
  const notices = Object.entries(WHY).map(([kind, why]) => {
    const servers = authRequired.filter((required) => required.kind === kind).map(named);
    return { why, servers };
  });
  return [{ why: 'These tool servers cannot be reached right now', servers: away }, ...notices]
    .filter(({ servers }) => servers.length > 0)
    .map(({ why, servers }) => `${why}: ${servers.join(', ')}.`);
}

function named({ server, headers }: AuthRequired): string {
  return headers ? `${server} (${headers.join(', ')})` : server;
}
