import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, onTestFinished } from 'vitest';
import { appearanceCases } from './appearance-cases.ts';
import { conversationCases } from './conversation-cases.ts';
import { failureCases } from './failure-cases.ts';
import { findBrowser, launchBrowser } from './launch-browser.ts';
import { openChat, type OpenChat, type OpenNewChat } from './open-chat.ts';
import { startProduct, type Product } from './start-product.ts';

const present = findBrowser() !== undefined || Boolean(process.env['CI']);
if (!present)
  console.warn('The browser tests are skipped: no Chromium was found (apt install chromium, or CHROMIUM_PATH).');

describe.skipIf(!present)('the chat page', () => {
  let browser: Browser | undefined;
  let product: Product | undefined;
  let chat: OpenChat | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
    product = await startProduct();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  afterEach(() => {
    const faults = chat?.faults ?? [];
    if (faults.length > 0) throw new Error(`The page itself did something wrong: ${faults.join('; ')}`);
  });

  function address(): string {
    if (!product) throw new Error('The product is not running.');
    return product.address;
  }

  const open: OpenNewChat = async (options) => {
    if (!browser) throw new Error('The browser is not running.');
    const opened = await openChat(browser, address(), options);
    chat = opened;
    onTestFinished(() => opened.close());
    return opened;
  };

  describe('in a conversation', () => {
    conversationCases(open);
  });
  describe('on every screen', () => {
    appearanceCases(open);
  });
  describe('when something fails', () => {
    failureCases(open, address);
  });
});
