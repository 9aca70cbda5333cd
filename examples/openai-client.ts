import OpenAI from 'openai';

// The official package against `npm run dev`: node examples/openai-client.ts
// EDGEWISE_URL and EDGEWISE_KEY point it at another deployment; `anonymous` works where anybody may call.
const openai = new OpenAI({
  baseURL: `${process.env['EDGEWISE_URL'] ?? 'http://localhost:8787'}/v1`,
  apiKey: process.env['EDGEWISE_KEY'] ?? 'anonymous',
});

const models: string[] = [];
for await (const { id } of openai.models.list()) models.push(id);
const [model] = models;
if (model === undefined) throw new Error('The deployment has no model: set the key of a provider.');
console.log(`Models: ${models.join(', ')}\n`);

// Our own tools run in the deployment; what they bring about is in the answer.
const stream = await openai.chat.completions.create({
  model,
  messages: [{ role: 'user', content: 'Add a task to buy milk' }],
  stream: true,
  stream_options: { include_usage: true },
});
for await (const { choices, usage } of stream) {
  process.stdout.write(choices[0]?.delta.content ?? '');
  if (usage) console.log(`\n(${usage.total_tokens} tokens)\n`);
}

// A function of one's own runs here: the package calls it and sends its result.
const runner = openai.chat.completions.runTools({
  model,
  messages: [{ role: 'user', content: 'use the tool get_time with {"city":"Tehran"}' }],
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_time',
        description: 'The time in a city.',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        parse: JSON.parse,
        function: ({ city }: { city: string }) =>
          `It is ${new Date().toLocaleTimeString('en')} in ${city}, give or take.`,
      },
    },
  ],
});
console.log(await runner.finalContent());
