import { expect, it } from 'vitest';
import type { OpenNewChat } from './open-chat.ts';

export function conversationCases(open: OpenNewChat): void {
  it('holds a whole conversation, tools included, with the keyboard alone', async () => {
    const { page, composer, answers, toolCards, say, settled } = await open();

    await say('Add a task to buy milk');
    await answers.first().getByText('buy milk').last().waitFor();
    await settled();
    const card = toolCards.first();
    expect(await card.locator('summary').innerText()).toMatch(/add_task\s+title: buy milk\s+done/i);

    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await card.getByText('Result').waitFor();
    expect(await card.locator('pre').last().innerText()).toMatch(/"title": "buy milk"/i);

    await composer.focus();
    await say('What are my tasks?');
    await answers.nth(1).getByText('buy milk').last().waitFor();
    await settled();
    expect(await answers.nth(1).locator('.answer-status').innerText()).toContain('demo');
  });

  it('shows code with what it printed, drew and threw, on a narrow screen and after a reload', async () => {
    const { page, toolCards, say, settled } = await open({ viewport: { width: 390, height: 844 } });
    const drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="9"><rect width="9" height="9"/></svg>';
    const code = `console.log('said'.repeat(99));\ndisplay.svg('${drawn}');\nnull.x`;
    await say(`use the tool code_interpreter with ${JSON.stringify({ code })}`);
    await toolCards.getByText('failed', { exact: true }).waitFor();
    await settled();

    const check = async (): Promise<void> => {
      const picture = toolCards.getByRole('img', { name: 'Picture 1 of 1' });
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(900);
      expect(await toolCards.locator('pre[data-error]').innerText()).toContain('TypeError');
      const [source, output] = await toolCards.locator('pre').allInnerTexts();
      expect([source, output]).toEqual([code, 'said'.repeat(99)]);
      expect(await toolCards.locator('dl svg').count()).toBe(0);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await check();
    await page.reload();
    await check();
  });

  it('shows the same conversation after a reload', async () => {
    const { page, questions, answers, say, settled } = await open();
    await say('Show me some markdown');
    await answers.getByRole('table').waitFor();
    await settled();
    const before = await answers.first().innerText();

    await page.reload();

    await answers.getByRole('table').waitFor();
    expect(await answers.first().innerText()).toBe(before);
    expect(await questions.allInnerTexts()).toEqual(['Show me some markdown']);
  });

  it('goes on with a growing answer after a reload', async () => {
    const { page, questions, answers, stopButton, say, settled } = await open();
    await say('Tell me a long story about gulls');
    await answers.getByText('On the last rock').waitFor();

    await page.reload();

    await stopButton.waitFor();
    await answers.getByText('that is why we number the strips').waitFor();
    await settled();
    expect(await answers.getByText('On the last rock').count()).toBe(1);
    expect(await questions.count()).toBe(1);
  });

  it('stops an answer in the middle, on the server too', async () => {
    const { page, answers, stopButton, say, settled } = await open();
    await say('Tell me a long story about lamps');
    await answers.getByText('On the last rock').waitFor();

    await page.keyboard.press('Tab');
    expect(await stopButton.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await settled();

    expect(await answers.locator('.answer-status').innerText()).toContain('stopped');
    const kept = await answers.locator('.markdown').innerText();
    expect(kept).not.toContain('we number the strips');
    await page.reload();
    await answers.locator('.answer-status').getByText('stopped').waitFor();
    expect(await answers.locator('.markdown').innerText()).not.toContain('we number the strips');
  });

  it('is stopped from a second tab, and both tabs show it', async () => {
    const { page, answers, say, stopButton, settled } = await open();
    await say('Tell me a long story about ferries');
    await answers.getByText('On the last rock').waitFor();

    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('button', { name: /^Stop/ }).click();

    await stopButton.waitFor({ state: 'detached' });
    await settled();
    expect(await answers.locator('.markdown').innerText()).not.toContain('we number the strips');
    await second.reload();
    await second.getByText('stopped').waitFor();
    await second.close();
  });

  it('follows the growing answer until the reader scrolls up', async () => {
    const { page, answers, say, settled } = await open({ viewport: { width: 800, height: 420 } });
    const gap = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight - window.scrollY);
    await say('Tell me a long story about towers');
    await answers.getByText('Some gulls were slow').waitFor();
    await expect.poll(gap).toBeLessThan(2);

    await page.mouse.move(400, 200);
    await page.mouse.wheel(0, -200);
    const jump = page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    const place = await page.evaluate(() => window.scrollY);
    await answers.getByText('we number the strips').waitFor();
    expect(await page.evaluate(() => window.scrollY)).toBe(place);

    await jump.click();
    await expect.poll(gap).toBeLessThan(2);
    await settled();
  });

  it('tells a screen reader the growing answer in whole sentences', async () => {
    const { page, answers, say, stopButton, settled } = await open();
    await say('Tell me a long story about bells');
    await answers.getByText('Nobody remembered').waitFor();

    const spoken = page.locator('[aria-live="polite"] p');
    await spoken
      .getByText('On the last rock before the open sea stood a small house with one lamp.', { exact: true })
      .waitFor();
    await stopButton.click();
    await settled();
    expect(await spoken.count()).toBe(0);
  });

  it('starts a new session, and Back leads to the one before', async () => {
    const { page, questions, answers, say, settled } = await open();
    await say('Hello');
    await answers.first().waitFor();
    await settled();

    await page.getByRole('button', { name: 'New session' }).click();
    await page.getByRole('heading', { name: 'What can I do for you?' }).waitFor();
    expect(await questions.count()).toBe(0);

    await page.goBack();
    await answers.first().waitFor();
    expect(await questions.allInnerTexts()).toEqual(['Hello']);
  });

  it('writes a new line on Shift+Enter, and does not send while an input method composes', async () => {
    const { page, composer, questions } = await open();
    await page.keyboard.insertText('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.insertText('two');
    await composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    expect(await composer.inputValue()).toBe('one\ntwo');
    expect(await questions.count()).toBe(0);

    await page.keyboard.press('Enter');
    await questions.first().waitFor();
    expect(await composer.inputValue()).toBe('');
  });
}
