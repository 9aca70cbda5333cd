import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const PATIENCE_MS = 20_000;

export interface OpenChat {
  page: Page;
  composer: Locator;
  questions: Locator;
  answers: Locator;
  toolCards: Locator;
  notice: Locator;
  stopButton: Locator;
  /** What the page itself did wrong: exceptions and violations of its content policy. */
  faults: string[];
  /** Types into the composer, which has the focus, and sends with Enter. */
  say(text: string): Promise<void>;
  /** Waits until nothing is being answered any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type OpenNewChat = (options?: BrowserContextOptions) => Promise<OpenChat>;

/** A fresh profile with the chat page open. */
export async function openChat(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenChat> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  await page.goto(address);

  const composer = page.getByLabel('Message', { exact: true });
  const sendButton = page.getByRole('button', { name: 'Send', exact: true });
  await composer.waitFor();
  return {
    page,
    composer,
    questions: page.getByRole('article', { name: 'Your message' }),
    answers: page.getByRole('article', { name: 'Answer' }),
    toolCards: page.locator('.tool-card'),
    notice: page.getByRole('alert'),
    stopButton: page.getByRole('button', { name: /^Stop/ }),
    faults,
    say: async (text) => {
      await sendButton.waitFor();
      await page.keyboard.insertText(text);
      await page.keyboard.press('Enter');
    },
    settled: () => sendButton.waitFor(),
    close: () => context.close(),
  };
}
