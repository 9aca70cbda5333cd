import { describe, expect, test } from 'vitest';
import { parseEnv } from '../../src/env.ts';
import { AppError } from '../../src/errors.ts';
import { modelCatalogue } from '../../src/model/configured-models.ts';

const BASE = {
  UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
  UPSTASH_REDIS_REST_TOKEN: 'token',
  HISTORY_STORAGE_BACKEND: 'none',
};
const catalogue = (bindings: Record<string, string>) => modelCatalogue(parseEnv({ ...BASE, ...bindings }));
const COMPATIBLE = { COMPATIBLE_BASE_URL: 'http://127.0.0.1:2/v1', COMPATIBLE_MODEL: 'small, large' };
const ids = (bindings: Record<string, string>) =>
  catalogue(bindings)
    .list()
    .map(({ id }) => id);
const chosen = (bindings: Record<string, string>, requested?: string) =>
  catalogue(bindings)
    .choose(requested)
    .map(({ id }) => id);
const refusalOf = (act: () => unknown): AppError => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('It was not refused.');
};

test('each configured provider gives its models, several where a list names them', () => {
  const env = { OPENAI_API_KEY: 'k', OPENAI_MODEL: 'gpt-a,gpt-b', COMPATIBLE_MEDIA: 'audio', ...COMPATIBLE };
  const openai = { provider: 'openai', takes: ['image', 'application/pdf'] };
  const compatible = { provider: 'compatible', takes: ['audio'] };
  expect(catalogue(env).list()).toEqual([
    { id: 'openai/gpt-a', model: 'gpt-a', ...openai },
    { id: 'openai/gpt-b', model: 'gpt-b', ...openai },
    { id: 'compatible/small', model: 'small', ...compatible },
    { id: 'compatible/large', model: 'large', ...compatible },
  ]);
});

test.each([
  ['OPENAI_API_KEY', 'openai/gpt-5-mini'],
  ['GEMINI_API_KEY', 'google/gemini-2.5-flash'],
  ['ANTHROPIC_API_KEY', 'anthropic/claude-haiku-4-5'],
  ['OPENROUTER_KEY', 'openrouter/openrouter/auto'],
])('%s is all that its provider needs', (name, id) => {
  expect(ids({ [name]: 'key' })).toEqual([id]);
});

test('a compatible provider needs its address and a model', () => {
  expect(ids({ COMPATIBLE_BASE_URL: 'http://127.0.0.1:2/v1' })).toEqual([]);
  expect(ids({ COMPATIBLE_MODEL: 'small' })).toEqual([]);
});

test('a variable that is set to nothing is not set', () => {
  expect(ids({ OPENAI_API_KEY: '', ...COMPATIBLE })).toEqual(['compatible/small', 'compatible/large']);
});

describe('choosing', () => {
  const BOTH = { OPENAI_API_KEY: 'k', ...COMPATIBLE };

  test('the first configured provider is the default', () => {
    expect(chosen(BOTH)).toEqual(['openai/gpt-5-mini']);
  });

  test('DEFAULT_PROVIDER is asked first, and listed first', () => {
    const bindings = { ...BOTH, DEFAULT_PROVIDER: 'compatible' };
    expect(chosen(bindings)).toEqual(['compatible/small']);
    expect(ids(bindings)[0]).toBe('compatible/small');
  });

  test('fallbacks follow in their order, the chosen model is not its own', () => {
    const bindings = { ...BOTH, MODEL_FALLBACKS: 'compatible/large, openai/gpt-5-mini' };
    expect(chosen(bindings)).toEqual(['openai/gpt-5-mini', 'compatible/large']);
    expect(chosen(bindings, 'compatible/small')).toEqual(['compatible/small', 'compatible/large', 'openai/gpt-5-mini']);
    expect(chosen(bindings, 'compatible/large')).toEqual(['compatible/large', 'openai/gpt-5-mini']);
  });

  test('an unknown model is refused with those that are known', () => {
    const refusal = refusalOf(() => chosen(COMPATIBLE, 'compatible/huge'));
    expect(refusal).toMatchObject({ code: 'unknown_model', status: 400 });
    expect(refusal.message).toBe(
      'There is no model "compatible/huge". The known models are: compatible/small, compatible/large.',
    );
  });

  test('a default provider that is not configured says what it needs, and other models can still be asked for', () => {
    const bindings = { ...COMPATIBLE, DEFAULT_PROVIDER: 'google' };
    const refusal = refusalOf(() => chosen(bindings));
    expect(refusal).toMatchObject({ code: 'provider_unconfigured', status: 503 });
    expect(refusal.message).toBe('DEFAULT_PROVIDER is google, which is not configured: set GEMINI_API_KEY.');
    expect(chosen(bindings, 'compatible/small')).toEqual(['compatible/small']);
  });

  test.each([undefined, 'openai/gpt-5-mini'])(
    'without any provider every way to configure one is named (%s)',
    (requested) => {
      const refusal = refusalOf(() => chosen({}, requested));
      expect(refusal.code).toBe('provider_unconfigured');
      expect(refusal.message).toBe(
        'No model provider is configured: set OPENAI_API_KEY, or GEMINI_API_KEY, or ANTHROPIC_API_KEY, or OPENROUTER_KEY, ' +
          'or COMPATIBLE_BASE_URL and COMPATIBLE_MODEL.',
      );
    },
  );
});

test('a fallback that is not in the catalogue is a wrong configuration, told by the name of its variable', () => {
  const refusal = refusalOf(() => catalogue({ ...COMPATIBLE, MODEL_FALLBACKS: 'compatible/small,openai/gpt-5-mini' }));
  expect(refusal).toMatchObject({ code: 'configuration_error', status: 503 });
  expect(refusal.message).toBe(
    'MODEL_FALLBACKS names "openai/gpt-5-mini", which is not configured; the known models are: compatible/small, compatible/large.',
  );
});
