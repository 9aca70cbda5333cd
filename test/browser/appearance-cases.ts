import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenNewChat } from './open-chat.ts';

export function appearanceCases(open: OpenNewChat): void {
  it('lays Persian out from right to left', async () => {
    const { page, composer, questions, answers, say, settled } = await open();
    await page.keyboard.insertText('سلام');
    expect(await composer.evaluate(direction)).toBe('rtl');
    await page.keyboard.press('Control+A');
    await say('سلام، حال شما چطور است؟');
    await answers.first().waitFor();
    await settled();
    expect(await questions.first().evaluate(direction)).toBe('rtl');
    expect(await answers.first().evaluate(direction)).toBe('rtl');
  });

  const screenshots = process.env['SCREENSHOTS'] ?? mkdtempSync(join(tmpdir(), 'edgewise-screenshots-'));
  const devices = {
    desktop: { viewport: { width: 1280, height: 800 } },
    phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  };
  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['desktop', 'phone'] as const).map((device) => ({ colorScheme, device })),
  );

  it.each(looks)('fits the screen: $colorScheme, $device', async ({ colorScheme, device }) => {
    const { page, answers, toolCards, say, settled } = await open({ ...devices[device], colorScheme });
    const picture = (name: string) =>
      page.screenshot({ path: join(screenshots, `chat-${colorScheme}-${device}-${name}.png`) });
    await page.getByRole('heading', { name: 'What can I do for you?' }).waitFor();
    await picture('empty');

    await page.getByRole('button', { name: 'Add a task to buy milk' }).click();
    await toolCards.getByText('done').waitFor();
    await settled();
    await page.getByLabel('Message', { exact: true }).focus();
    await say('Show me some markdown');
    await answers.getByRole('table').waitFor();
    await settled();
    await picture('conversation');

    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(paper).toBe(colorScheme === 'light' ? 'rgb(250, 249, 246)' : 'rgb(22, 24, 23)');
  });
}

function direction(element: Element): string {
  return getComputedStyle(element).direction;
}
