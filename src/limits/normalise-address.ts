const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const LEADING_ZERO = /(^|\.)0\d/;

/**
 * An IP address in its one spelling (IPv6 as RFC 5952 has it, an IPv4 address mapped into IPv6 as the IPv4 address that it is);
 * null for a text that is none.
 */
export function normaliseAddress(text: string): string | null {
  const address = text.trim();
  if (!address.includes(':')) return IPV4.test(address) && !LEADING_ZERO.test(address) ? address : null;
  const url = `http://[${address}]/`;
  if (!/^[0-9A-Fa-f:.]+$/.test(address) || !URL.canParse(url)) return null;
  const ipv6 = new URL(url).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(ipv6);
  if (!mapped) return ipv6;
  return mapped
    .slice(1)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
