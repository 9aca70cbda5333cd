import { randomBytes } from 'node:crypto';
import { assert, asyncProperty, constantFrom, nat, string } from 'fast-check';
import { expect, test } from 'vitest';
import { webCryptoSeal } from '../../src/seal/web-crypto.ts';

const newKey = () => randomBytes(32).toString('base64');
const OLD = newKey();
const NEW = newKey();

test('what was sealed is opened with the same context, and with no other', async () => {
  const { seal, unseal } = webCryptoSeal([NEW]);
  const texts = string({ unit: 'grapheme' });
  await assert(
    asyncProperty(texts, texts, texts, async (text, context, other) => {
      const sealed = await seal(text, context);
      expect(await unseal(sealed, context)).toBe(text.toWellFormed());
      expect(await unseal(sealed, other)).toBe(other === context ? text.toWellFormed() : null);
    }),
  );
});

test('the same text is never sealed into the same bytes, and is not to be seen in them', async () => {
  const { seal } = webCryptoSeal([NEW]);
  const [one, two] = [await seal('a token', 'row'), await seal('a token', 'row')];
  expect(one).not.toBe(two);
  expect(one).toMatch(/^[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/);
  expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('a token');
});

test('a new key in front seals, and the old one still opens what it sealed', async () => {
  const before = webCryptoSeal([OLD]);
  const after = webCryptoSeal([NEW, OLD]);
  const old = await before.seal('a token', 'row');
  expect(await after.unseal(old, 'row')).toBe('a token');
  expect(await before.unseal(await after.seal('a token', 'row'), 'row')).toBeNull();
});

test('any change of a sealed text makes it unreadable', async () => {
  const { seal, unseal } = webCryptoSeal([NEW]);
  const sealed = await seal('a token', 'row');
  await assert(
    asyncProperty(nat(sealed.length - 2), constantFrom('0', 'a', 'A', '9', '_'), async (at, letter) => {
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      expect(await unseal(changed, 'row')).toBe(changed === sealed ? 'a token' : null);
    }),
  );
});

test.each(['', 'x', 'a.b.c', '....', '00000000.AAAAAAAAAAAAAAAA.AAAA'])('%j is not a sealed text', async (text) => {
  expect(await webCryptoSeal([NEW]).unseal(text, 'row')).toBeNull();
});
