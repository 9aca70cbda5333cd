import { assert, ipV4, ipV6, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseAddress } from '../../src/limits/normalise-address.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  [' 255.255.255.255 ', '255.255.255.255'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
  ['::', '::'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:a00:1', '10.0.0.1'],
])('%j is %j', (text, address) => {
  expect(normaliseAddress(text)).toBe(address);
});

test.each([
  '',
  'localhost',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '10.0.0.1/8',
  ':::',
  '1:2:3',
  '::1%eth0',
  '[::1]',
  '::1]@x',
  '1.2.3.4:80',
])('%j is no address', (text) => {
  expect(normaliseAddress(text)).toBeNull();
});

test('whatever is an address stays what it is when it is normalised again', () => {
  assert(
    property(oneof(ipV4(), ipV6()), (text) => {
      const once = normaliseAddress(text);
      expect(once).not.toBeNull();
      expect(normaliseAddress(once ?? '')).toBe(once);
    }),
  );
});
