import { expect, test } from 'vitest';
import { describeRedis } from './redis-engines.ts';

describeRedis("Upstash's REST protocol", ({ redis, local, key }) => {
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(local().url + path, {
      ...init,
      headers: { authorization: `Bearer ${local().token}`, ...Object.fromEntries(new Headers(init.headers)) },
    });
  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    call(path, { method: 'POST', body, headers });
  const run = async (...command: unknown[]): Promise<string> => (await post('/', JSON.stringify(command))).text();
  const base64 = { 'upstash-encoding': 'base64' };

  test('a missing or wrong token is 401, and the token may stand in the query', async () => {
    expect((await fetch(`${local().url}/ping`)).status).toBe(401);
    expect((await call('/ping', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect(await (await fetch(`${local().url}/ping?_token=${local().token}`)).text()).toBe('{"result":"PONG"}');
  });

  test('a method that the API does not have is 405', async () => {
    expect((await call('/ping', { method: 'DELETE' })).status).toBe(405);
  });

  test('a body that is no command is 400 with a reason', async () => {
    for (const [path, body] of [
      ['/', 'no json'],
      ['/', '[]'],
      ['/', '{}'],
      ['/', '["SET","key",{"nested":1}]'],
      ['/pipeline', '["GET","key"]'],
    ] as const) {
      const response = await post(path, body);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/^ERR /) });
    }
  });

  test('integers travel as their digits, both ways', async () => {
    await post('/', `["SET","${key('big')}",9007199254740993]`);
    expect(await run('GET', key('big'))).toBe('{"result":"9007199254740993"}');
    expect(await run('INCR', key('big'))).toBe('{"result":9007199254740994}');
  });

  test('the path form takes a raw body as the next argument and the query as what follows', async () => {
    const name = encodeURIComponent(key('path'));
    expect(await (await call(`/set/${name}/one%2Ftwo`)).text()).toBe('{"result":"OK"}');
    expect(await (await call(`/get/${name}`)).text()).toBe('{"result":"one/two"}');
    await post(`/set/${name}?EX=100`, 'raw {body}');
    expect(await redis().get(key('path'))).toBe('raw {body}');
    expect(await redis().ttl(key('path'))).toBeGreaterThan(98);
  });

  test('under base64 every string is coded except the OK of a command that has nothing else to say', async () => {
    const name = key('coded');
    const replies = await post(
      '/pipeline',
      JSON.stringify([
        ['SET', name, 'é'],
        ['GET', name],
        ['TYPE', name],
      ]),
      base64,
    );
    expect(await replies.text()).toBe('[{"result":"OK"},{"result":"w6k="},{"result":"c3RyaW5n"}]');
    const nested = await post('/', `["EVAL","return {redis.status_reply('OK'), 7}",0]`, base64);
    expect(await nested.text()).toBe('{"result":["T0s=",7]}');
  });

  test('bytes that are no text survive under base64', async () => {
    const name = encodeURIComponent(key('bytes'));
    const bytes = Buffer.from([0, 255, 254, 13, 10, 128]);
    await call(`/set/${name}`, { method: 'POST', body: bytes });
    const reply = await (await call(`/get/${name}`, { headers: base64 })).text();
    expect(reply).toBe(`{"result":"${bytes.toString('base64')}"}`);
  });

  test('every answer carries a new sync token', async () => {
    const tokens = [await call('/ping'), await call('/ping')].map(({ headers }) => headers.get('upstash-sync-token'));
    expect(tokens[0]).toBeTruthy();
    expect(tokens[1]).not.toBe(tokens[0]);
  });

  test('what Upstash does not offer over REST is refused, wherever it stands', async () => {
    const refused = [
      ['BLPOP', 'list', '0'],
      ['WATCH', 'key'],
      ['SELECT', '1'],
      ['XREAD', 'BLOCK', '0', 'STREAMS', 's', '$'],
    ];
    for (const command of refused) {
      const body = JSON.stringify([['PING'], command]);
      expect((await post('/', JSON.stringify(command))).status).toBe(400);
      expect(await (await post('/pipeline', body)).json()).toEqual([
        { result: 'PONG' },
        { error: expect.stringContaining('Command is not available') },
      ]);
      expect((await post('/multi-exec', body)).status).toBe(400);
    }
  });

  test('a long string comes back whole', async () => {
    const text = 'سلام '.repeat(400_000);
    await redis().set(key('long'), text);
    expect(await redis().get(key('long'))).toBe(text);
  });
});
