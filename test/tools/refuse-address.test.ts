import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { refuseAddress } from '../../src/tools/refuse-address.ts';

const inProduction = (url: string) => refuseAddress(new URL(url), { development: false });
const inDevelopment = (url: string) => refuseAddress(new URL(url), { development: true });

const byte = fc.integer({ min: 0, max: 255 });
/** One IPv4 address in every form that a URL takes. */
const ipv4 = fc.tuple(byte, byte, byte, byte).chain(([a, b, c, d]) => {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const octal = (part: number) => `0${part.toString(8)}`;
  const hexadecimal = (part: number) => `0x${part.toString(16)}`;
  return fc.constantFrom(
    `${a}.${b}.${c}.${d}`,
    `${a}.${b}.${c}.${d}.`,
    String(whole),
    hexadecimal(whole),
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    [a, b, c, d].map(octal).join('.'),
    [a, b, c, d].map(hexadecimal).join('.'),
    `${octal(a)}.${b}.${hexadecimal(c)}.${d}`,
    `%3${String(a)[0]}${String(a).slice(1)}.${b}.${c}.${d}`,
  );
});
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
const publicName = fc.tuple(label, label).map(([name, zone]) => `${name}.${zone}.example`);

test('no IPv4 address is asked in production, however it is written', () => {
  fc.assert(
    fc.property(ipv4, (host) => {
      expect(inProduction(`https://${host}/mcp`)).not.toBeNull();
    }),
  );
});

test('no IPv6 address is asked in production', () => {
  fc.assert(
    fc.property(fc.ipV6(), (host) => {
      expect(inProduction(`https://[${host}]/mcp`)).not.toBeNull();
    }),
  );
});

test('no name of one label, and no internal name, is asked in production', () => {
  const zone = fc.constantFrom('localhost', 'local', 'internal', 'lan', 'home.arpa', 'LOCAL', 'Internal.');
  const internal = fc.tuple(label, zone).map(([name, end]) => `${name}.${end}`);
  fc.assert(
    fc.property(fc.oneof(label, zone, internal), (host) => {
      expect(inProduction(`https://${host}/`)).not.toBeNull();
    }),
  );
});

test('a public name is asked over https, at its own port, without a password', () => {
  fc.assert(
    fc.property(publicName, fc.integer({ min: 1, max: 65_535 }), (host, port) => {
      expect(inProduction(`https://${host}/mcp`)).toBeNull();
      expect(inProduction(`https://${host}:443/mcp`)).toBeNull();
      expect(inProduction(`http://${host}/mcp`)).toBe('is not reached over https');
      expect(inProduction(`https://user:word@${host}/`)).toBe('has an address that is not allowed');
      expect(inProduction(`https://${host}:${port}/`) === null).toBe(port === 443);
    }),
  );
});

test('development adds plain http, any port and this machine, and nothing else', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '2130706433', '0x7f.1', '[::1]'])
    expect(inDevelopment(`http://${host}:8080/mcp`), host).toBeNull();
  expect(inDevelopment('http://tools.example:8080/mcp')).toBeNull();
  const refused = ['10.0.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '[::ffff:7f00:1]', '[fd00::1]', 'router'];
  for (const host of [...refused, 'metadata.google.internal', '127.0.0.1.internal'])
    expect(inDevelopment(`http://${host}/mcp`), host).not.toBeNull();
  expect(inDevelopment('ftp://tools.example/')).toBe('is not reached over https');
});
