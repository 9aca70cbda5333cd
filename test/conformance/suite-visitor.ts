/** A person with a browser, who uses us at `ask` and goes to where we send them. */
export function suiteVisitor(ask: (path: string, headers: Record<string, string>) => Response | Promise<Response>) {
  const name = crypto.randomUUID();

  return {
    name,
    /** Opens our link, is let in by the authorization server, and comes back to us. Throws when one of them does not play along. */
    async logIn(path: string): Promise<void> {
      const opened = await ask(path, { cookie: `edgewise_visitor=${name}` });
      const allowed = await fetch(whereTo(opened, await bodyOf(opened)), { redirect: 'manual' });
      const back = whereTo(allowed, await bodyOf(allowed));
      const cookies = opened.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
      const { pathname, search } = new URL(back);
      const page = await ask(pathname + search, { cookie: [`edgewise_visitor=${name}`, ...cookies].join('; ') });
      if (page.status !== 200) throw new Error(`We did not take what they brought back: ${await page.text()}`);
    },
  };
}

const bodyOf = (response: Response) => response.text();

function whereTo({ status, headers }: Response, body: string): string {
  const location = headers.get('location');
  if (status !== 302 || location === null) throw new Error(`Nobody was sent on: ${status} ${body}`);
  return location;
}
