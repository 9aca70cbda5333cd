import { expect, test } from 'vitest';
import { describeRedis } from './redis-engines.ts';

describeRedis('Redis subscriptions over server-sent events', ({ redis, local, key }) => {
  test('a subscriber hears what is published after it was told that it is subscribed', async () => {
    const channel = key('channel');
    const subscriber = redis().subscribe<{ turn: number }>(channel);
    await new Promise<void>((resolve) => {
      subscriber.on('subscribe', () => resolve());
    });
    const heard = new Promise<{ channel: string; message: unknown }>((resolve) => {
      subscriber.on('message', resolve);
    });
    expect(await redis().publish(channel, { turn: 1 })).toBe(1);
    expect(await heard).toMatchObject({ channel, message: { turn: 1 } });
    await subscriber.unsubscribe();
  });

  test('a pattern subscriber is told pattern and channel, in lines of their own', async () => {
    const abort = new AbortController();
    const response = await fetch(`${local().url}/psubscribe/${encodeURIComponent(`${key('news')}.*`)}`, {
      method: 'POST',
      body: '[]',
      headers: { authorization: `Bearer ${local().token}`, accept: 'text/event-stream' },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = readEvents(response);
    expect(await events.next()).toMatchObject({ value: `data: psubscribe,${key('news')}.*,1\n\n` });
    await redis().publish(`${key('news')}.sport`, 'goal');
    expect(await events.next()).toMatchObject({
      value: `data: pmessage,${key('news')}.*,${key('news')}.sport,goal\n\n`,
    });
    abort.abort();
  });

  test('a subscriber that leaves is no longer counted', async () => {
    const channel = key('left');
    const abort = new AbortController();
    const response = await fetch(`${local().url}/subscribe/${channel}?_token=${local().token}`, {
      signal: abort.signal,
    });
    const events = readEvents(response);
    await events.next();
    expect(await redis().publish(channel, 'one')).toBe(1);
    abort.abort();
    await expect.poll(() => redis().publish(channel, 'two')).toBe(0);
  });
});

async function* readEvents(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield text.slice(0, end + 2);
      text = text.slice(end + 2);
    }
  }
}
