import { expect, it } from 'vitest';
import type { OpenNewChat } from './open-chat.ts';

export function toolServerCases(open: OpenNewChat, effects: () => Record<string, number>): void {
  it('asks before a call, which is allowed with the keyboard alone', async () => {
    const { page, answers, toolCards, say, settled } = await open();
    const paid = effects()['pay'] ?? 0;
    await say('use the tool guarded__pay with {"text":"a"}');
    const question = page.getByRole('group', { name: 'Allow guarded__pay?' });
    await question.waitFor();
    await settled();
    expect(effects()['pay'] ?? 0).toBe(paid);

    const approve = question.getByRole('button', { name: 'Approve' });
    for (let tabs = 0; tabs < 20 && !(await approve.evaluate((it) => it === document.activeElement)); tabs++) {
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await toolCards.first().getByText('done').waitFor();
    await settled();
    expect(effects()['pay']).toBe(paid + 1);
    expect(await question.count()).toBe(0);
    expect(await answers.count()).toBe(1);
  });

  it('goes on without a call that is denied', async () => {
    const { page, toolCards, say, settled } = await open();
    const paid = effects()['pay'] ?? 0;
    await say('use the tool guarded__pay with {"text":"b"}');
    await page.getByRole('group', { name: 'Allow guarded__pay?' }).getByRole('button', { name: 'Deny' }).press('Enter');
    await toolCards.first().getByText('denied').waitFor();
    await settled();
    expect(effects()['pay'] ?? 0).toBe(paid);
  });

  it('says which server wants a login, opens it in a new tab, and has its tools after that', async () => {
    const { page, answers, toolCards, say, settled } = await open();
    await say('hello');
    const notice = page.getByRole('status').filter({ hasText: 'locked' });
    await notice.getByText('come back here and ask again').waitFor();
    await settled();
    const tab = page.waitForEvent('popup');
    await notice.getByRole('link', { name: 'Log in to locked' }).press('Enter');
    await (await tab).getByRole('heading', { name: 'Logged in' }).waitFor();

    await page.bringToFront();
    await page.getByLabel('Message', { exact: true }).focus();
    await say('use the tool locked__who with {}');
    await page.getByRole('group', { name: 'Allow locked__who?' }).or(toolCards.first()).first().waitFor();
    await settled();
    expect(await notice.count()).toBe(0);
    await answers.nth(1).waitFor();
    expect(await toolCards.first().innerText()).toContain('locked__who');
  });
}
