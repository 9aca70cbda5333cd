/** US dollars for a million tokens, which is millionths of a dollar for one. */
export interface Price {
  input: number;
  cachedInput: number;
  /** Reasoning tokens are output tokens at every provider listed here. */
  output: number;
}

export interface PriceRow extends Price {
  /** Of a catalogue id, `provider/model`; a snapshot's date may follow. */
  pattern: RegExp;
}

interface PriceList {
  provider: string;
  /** Where the provider publishes them. */
  source: string;
  /** When the numbers were collected, from excerpts and reports of that page: the page itself wins. */
  date: string;
  rows: PriceRow[];
}

const row = (pattern: RegExp, input: number, cachedInput: number, output: number): PriceRow => ({
  pattern,
  input,
  cachedInput,
  output,
});

/**
 * What providers publish for text at their standard rate. A model that is missing has no known price; MODEL_PRICES adds or overrides.
 * Left out on purpose: models whose price depends on the length of the prompt, and gateways, which set their own.
 */
export const PRICE_LISTS: readonly PriceList[] = [
  {
    provider: 'openai',
    source: 'https://developers.openai.com/api/docs/pricing',
    date: '2026-11-21',
    rows: [
      row(/^openai\/gpt-5(-2025-\d\d-\d\d)?$/, 1.25, 0.125, 10),
      row(/^openai\/gpt-5-mini(-2025-\d\d-\d\d)?$/, 0.25, 0.025, 2),
      row(/^openai\/gpt-5-nano(-2025-\d\d-\d\d)?$/, 0.05, 0.005, 0.4),
      row(/^openai\/gpt-5\.2(-2025-\d\d-\d\d)?$/, 1.75, 0.175, 14),
      row(/^openai\/gpt-4\.1(-2025-\d\d-\d\d)?$/, 2, 0.5, 8),
      row(/^openai\/gpt-4o-mini(-2024-\d\d-\d\d)?$/, 0.15, 0.075, 0.6),
    ],
  },
  {
    provider: 'google',
    source: 'https://ai.google.dev/gemini-api/docs/pricing',
    date: '2026-11-21',
    rows: [row(/^google\/gemini-2\.5-flash$/, 0.3, 0.03, 2.5), row(/^google\/gemini-2\.5-flash-lite$/, 0.1, 0.01, 0.4)],
  },
  {
    provider: 'anthropic',
    source: 'https://platform.claude.com/docs/en/about-claude/pricing',
    date: '2026-11-21',
    rows: [
      row(/^anthropic\/claude-haiku-4-5(-\d{8})?$/, 1, 0.1, 5),
      row(/^anthropic\/claude-sonnet-4-[56](-\d{8})?$/, 3, 0.3, 15),
      row(/^anthropic\/claude-opus-(4-[5-8]|5)(-\d{8})?$/, 5, 0.5, 25),
    ],
  },
];
