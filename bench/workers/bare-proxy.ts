/** What Edgewise is compared with: a Worker that hands a chat completion on, and its bytes back, and does nothing else. */
export default {
  fetch(request: Request, env: { PROVIDER_URL: string }): Response | Promise<Response> {
    if (request.method !== 'POST') return new Response('Not Found', { status: 404 });
    return fetch(`${env.PROVIDER_URL}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: request.body,
    });
  },
};
