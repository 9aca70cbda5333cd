import { expect, it, onTestFinished } from 'vitest';
import { openCuttableLine } from './cuttable-line.ts';
import type { OpenNewChat } from './open-chat.ts';

export function failureCases(open: OpenNewChat, address: () => string): void {
  it('keeps a message when the server cannot be reached', async () => {
    const { page, composer, notice, answers, say, settled } = await open();
    await page.context().setOffline(true);
    await say('Hello from a tunnel');
    await notice.getByText('cannot be reached').waitFor();
    expect(await composer.inputValue()).toBe('Hello from a tunnel');

    await page.context().setOffline(false);
    await notice.getByRole('button', { name: 'Send again' }).click();
    await answers.first().waitFor();
    await settled();
    expect(await notice.count()).toBe(0);
  });

  it('picks a growing answer up again by itself when the connection breaks', async () => {
    const line = await openCuttableLine(address());
    onTestFinished(() => line.close());
    const { page, questions, answers, notice, say, settled } = await open();
    await page.goto(line.address);
    await say('Tell me a long story about bridges');
    await answers.getByText('On the last rock').waitFor();

    line.cut();

    await notice.getByText('The connection was lost').waitFor();
    await answers.getByText('that is why we number the strips').waitFor();
    await settled();
    expect(await notice.count()).toBe(0);
    expect(await answers.getByText('On the last rock').count()).toBe(1);
    expect(await questions.count()).toBe(1);
  });

  it('shows an error in the stream below what was said, with the request id', async () => {
    const { page, answers, notice, say } = await open();
    const parts = [
      { type: 'start', messageId: 'm1' },
      { type: 'text-start', id: 't1' },
      { type: 'text-delta', id: 't1', delta: 'Half an ans' },
      { type: 'error', errorText: 'The model failed.' },
    ];
    await page.route('**/api/chat', (route) =>
      route.fulfill({
        headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req-of-the-stream' },
        body: parts.map((part) => `data: ${JSON.stringify(part)}\n\n`).join(''),
      }),
    );
    await say('Hello');
    await notice.getByText('The answer broke off: The model failed.').waitFor();
    expect(await notice.innerText()).toContain('req-of-the-stream');
    expect(await answers.first().innerText()).toContain('Half an ans');
  });

  // The last one, because it leaves nothing of the limit that all tests share.
  it('keeps a message that came too fast, says how long to wait and for which request', async () => {
    const { page, composer, notice, answers, say } = await open();
    const refused = page.waitForResponse((answer) => answer.url().endsWith('/api/chat') && answer.status() === 429);
    const enough = new AbortController();
    const limited = Promise.withResolvers<void>();
    const draining = drainLimit(address(), enough.signal, limited.resolve);
    await limited.promise;
    await say('Hello there');
    await notice.waitFor();
    enough.abort();
    await draining;

    const requestId = await (await refused).headerValue('x-request-id');
    expect(requestId).toBeTruthy();
    expect(await notice.innerText()).toContain(requestId);
    expect(await notice.innerText()).toContain('Too many messages');
    expect(await composer.inputValue()).toBe('Hello there');

    await notice.getByRole('button', { name: 'Send again', disabled: false }).click();
    await answers.first().waitFor();
    expect(await composer.inputValue()).toBe('');
  });
}

/** Takes whatever the limiter gives, until told that it is enough; `onLimited` is called when the limiter first has nothing to give. */
async function drainLimit(address: string, enough: AbortSignal, onLimited: () => void): Promise<void> {
  while (!enough.aborted) {
    const answer = await fetch(`${address}/sessions`, { method: 'POST' });
    await answer.body?.cancel();
    if (answer.status === 429) onLimited();
  }
}
