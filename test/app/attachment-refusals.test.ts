import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

/** The smallest picture that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const picture = { name: 'cat.png', type: 'image/png', url: `data:image/png;base64,${PNG}` };
const note = (text: string) => ({ name: 'notes.txt', url: `data:text/plain,${encodeURIComponent(text)}` });

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ COMPATIBLE_MEDIA: 'image' });
});
afterAll(() => worker.close());

function visitor(url = worker.url) {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const api = client(url, { cookie });
  const upload = (form: FormData) => fetch(`${url}/files/upload`, { method: 'POST', headers: { cookie }, body: form });
  const json = async (path: string) => (await api.get(path)).json();
  return { ...api, json, upload };
}

const big = { ...picture, url: `data:image/png;base64,${'A'.repeat(5_600_000)}` };
test.each([
  [[{ path: '../x' }], 400, 'invalid_path', '..'],
  [
    [{ name: 'a.bin', url: 'data:application/octet-stream;base64,AAECAw==' }],
    415,
    'unsupported_media_type',
    'attachments.0',
  ],
  [[{ name: 'a.png', url: 'https://example.com/a.png' }], 422, 'validation_error', 'attachments.0'],
  [[note('x'), { name: 'a.png', url: 'data:image/png;base64,#' }], 422, 'validation_error', 'attachments.1'],
  [[big], 413, 'payload_too_large', '4194304'],
  [Array.from({ length: 9 }, () => picture), 413, 'payload_too_large', '8 attachments'],
  [[{ ...picture, name: '' }], 422, 'validation_error', 'attachments.0'],
  [[{ name: 'a.pdf', url: `data:,${encodeURIComponent('%PDF-1.7\0')}` }], 415, 'media_not_taken', 'compatible/demo'],
])('%.80j is refused: %d %s', async (attachments, status, code, says) => {
  const api = visitor();
  const id = await api.newSession();
  const response = await api.say(id, 'x', { attachments });
  const { error } = await response.json();
  expect({ status: response.status, code: error.code }).toEqual({ status, code });
  expect(JSON.stringify(error)).toContain(says);
  expect(await api.json(`/sessions/${id}`)).toMatchObject({ messages: [] });
  expect(await api.json('/files')).toMatchObject({ files: [] });
});

test('a model that takes no pictures is named, and texts are not refused', async () => {
  const plain = await startWorker({ COMPATIBLE_MEDIA: '' });
  onTestFinished(() => plain.close());
  const api = visitor(plain.url);
  const id = await api.newSession();
  const refused = await api.say(id, 'x', { attachments: [picture] });
  expect(refused.status).toBe(415);
  expect(await refused.json()).toMatchObject({
    error: { code: 'media_not_taken', message: 'attachments.0: The model compatible/demo does not take image/png.' },
  });
  expect((await api.say(id, '', { attachments: [note('Oolong')] })).status).toBe(200);
});

function formOf(...files: [name: string, content: string, type?: string][]): FormData {
  const form = new FormData();
  for (const [name, content, type = ''] of files) form.append('file', new File([content], name, { type }));
  return form;
}

test('the files of a form are written, below the folder that it names', async () => {
  const api = visitor();
  const form = formOf(['tea.md', '# Tea'], ['a,b.csv', '1,2', 'text/csv'], ['blob', 'x', 'application/octet-stream']);
  form.append('folder', 'in/box');
  const response = await api.upload(form);
  expect([response.status, await response.json()]).toMatchObject([
    201,
    {
      files: [
        { path: 'in/box/tea.md', media_type: 'text/markdown', size_bytes: 5 },
        { path: 'in/box/a,b.csv', media_type: 'text/csv' },
        { path: 'in/box/blob', media_type: 'text/plain' },
      ],
    },
  ]);
  expect(await (await api.get('/files/in/box/tea.md')).text()).toBe('# Tea');
});

test.each([
  ['a name that reaches outside', formOf(['../x', 'x']), 400, 'invalid_path'],
  ['a form without files', formOf(), 422, 'validation_error'],
  [
    'too many files',
    formOf(...Array.from({ length: 21 }, (_, n): [string, string] => [`${n}`, 'x'])),
    422,
    'validation_error',
  ],
  ['a file that is too large', formOf(['x', 'x'.repeat(4 * 1024 * 1024 + 1)]), 413, 'payload_too_large'],
])('an upload is refused for %s', async (_, form, status, code) => {
  const api = visitor();
  const response = await api.upload(form);
  expect({ status: response.status, ...(await response.json()) }).toMatchObject({ status, error: { code } });
  expect(await api.json('/files')).toMatchObject({ files: [] });
});

test('what is no form is not taken as an upload', async () => {
  expect((await visitor().send('POST', '/files/upload', { file: 'x' })).status).toBe(415);
});
