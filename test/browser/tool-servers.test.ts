import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startLoginServer, type LoginServer } from '../app/login-server.ts';
import { startToolServer, type ToolServer } from '../app/tool-server.ts';
import { findBrowser, launchBrowser } from './launch-browser.ts';
import { openChat } from './open-chat.ts';
import { startProduct, type Product } from './start-product.ts';

const present = findBrowser() !== undefined || Boolean(process.env['CI']);

describe.skipIf(!present)('the chat page with tool servers', () => {
  let browser: Browser;
  let product: Product;
  let guarded: ToolServer;
  let locked: LoginServer;

  beforeAll(async () => {
    [browser, guarded, locked] = await Promise.all([launchBrowser(), startToolServer(), startLoginServer()]);
    const mcpServers = {
      guarded: { url: guarded.url, approval: 'ask' },
      locked: { url: locked.url, auth: { type: 'oauth' } },
    };
    product = await startProduct({ MCP_SERVERS: JSON.stringify({ mcpServers }) });
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    await Promise.all([guarded.close(), locked.close()]);
  });

  async function open() {
    const chat = await openChat(browser, product.address);
    onTestFinished(() => chat.close());
    return { ...chat, allowing: chat.page.getByRole('group', { name: /^Allow .*pay\?$/ }) };
  }
  const paid = () => guarded.effects['pay'] ?? 0;

  it('asks before a call, which is allowed with the keyboard alone', async () => {
    const { page, answers, toolCards, allowing, say, settled, faults } = await open();
    const before = paid();
    await say('use the tool guarded__pay with {"text":"a"}');
    const approve = allowing.getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    await settled();
    expect(paid()).toBe(before);

    const hasFocus = () => approve.evaluate((button) => button === document.activeElement);
    for (let presses = 0; presses < 20 && !(await hasFocus()); presses++) await page.keyboard.press('Shift+Tab');
    expect(await hasFocus()).toBe(true);
    await page.keyboard.press('Enter');
    await toolCards.first().getByText('done').waitFor();
    await settled();
    expect(paid()).toBe(before + 1);
    expect(await allowing.count()).toBe(0);
    expect(await answers.count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('goes on without a call that is denied', async () => {
    const { toolCards, allowing, say, settled } = await open();
    const before = paid();
    await say('use the tool guarded__pay with {"text":"b"}');
    await allowing.getByRole('button', { name: 'Deny' }).press('Enter');
    await toolCards.first().getByText('failed').waitFor();
    await settled();
    expect(paid()).toBe(before);
  });

  it('says which server wants a login, opens it in a new tab, and has its tools after that', async () => {
    const { page, composer, toolCards, say, settled, faults } = await open();
    await say('hello');
    const notice = page.getByRole('status').filter({ hasText: 'locked' });
    await notice.getByText('come back here and ask again').waitFor();
    await settled();
    const tab = page.waitForEvent('popup');
    await notice.getByRole('link', { name: 'Log in to locked' }).press('Enter');
    await (await tab).getByRole('heading', { name: 'Logged in' }).waitFor();

    await page.bringToFront();
    await composer.focus();
    await say('use the tool locked__who with {}');
    await toolCards.first().getByText('done').waitFor();
    await settled();
    expect(await notice.count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
