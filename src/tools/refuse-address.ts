/** Names that only mean something inside somebody's network. */
const INTERNAL = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;
/** A URL holds every form of an IPv4 address (decimal, octal, hexadecimal, short) as four decimal numbers, and an IPv6 address in brackets. */
const IP_LITERAL = /^(\d+\.\d+\.\d+\.\d+|\[.*\])$/;
const LOOPBACK = /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Why a server at this address is not asked, as the end of a sentence about it; null when it may be. A name that resolves to a private
 * address is not seen here: that is refused by the platform's network.
 */
export function refuseAddress(url: URL, { development }: { development: boolean }): string | null {
  const host = url.hostname.replace(/\.$/, '');
  if (url.protocol !== 'https:' && !(development && url.protocol === 'http:')) return 'is not reached over https';
  if (url.username !== '' || url.password !== '') return FORBIDDEN;
  if (development && LOOPBACK.test(host)) return null;
  if (url.port !== '' && !development) return 'is not at the port of https';
  return IP_LITERAL.test(host) || INTERNAL.test(host) || !host.includes('.') ? FORBIDDEN : null;
}

const FORBIDDEN = 'has an address that is not allowed';
