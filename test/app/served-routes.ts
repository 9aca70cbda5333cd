import { createApp } from '../../src/app.ts';

export interface ServedRoute {
  method: string;
  path: string;
}

/** Every route of the app. */
export function servedRoutes(): ServedRoute[] {
  const { routes } = createApp(() => {
    throw new Error('no request is made');
  });
  const handled = routes.filter(({ path }) => !path.endsWith('*'));
  const names = handled.map(({ method, path }) => `${method === 'ALL' ? 'POST' : method} ${path}`);
  return [...new Set(names)].map((name) => {
    const [method = '', path = ''] = name.split(' ');
    return { method, path };
  });
}

/** The route's path with a value in the place of every parameter. */
export function pathWith(path: string, value: string): string {
  return path.replaceAll(/:(\w+)(\{.+?\})?/g, (_, name: string) => (name === 'name' ? 'tasks' : value));
}
