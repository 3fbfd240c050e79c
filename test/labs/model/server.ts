// The chaos model as a server on loopback: a real inference engine over random weights behind the OpenAI-compatible
// dialect, its output held by a grammar to the tools it was offered. Started by modelLab.ts with the folder the engine
// is installed in; prints its port in one line and serves until it is ended.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeRandomModel } from './randomModel.ts';

interface Tool {
  readonly function: { readonly name: string; readonly parameters: Schema };
}
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Asked {
  readonly messages: readonly { readonly content?: string }[];
  readonly tools?: readonly Tool[];
  readonly seed?: number;
}

const stringLengthMax = 10;
const toolsPerAnswer = 4;
const answerTokensMax = 220;

const folder = process.argv[2]!;
const { getLlama, LlamaCompletion } = await import(
  pathToFileURL(join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js')).href
);
const modelPath = join(folder, 'random.gguf');
writeRandomModel(modelPath, 7);
// One thread: several spin against each other on a busy machine.
const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: 1024 });
const completion = new LlamaCompletion({ contextSequence: context.getSequence() });

let count = 0;
let queue: Promise<unknown> = Promise.resolve();

/** One answer at a time: a call of one to three tools, or a few words. */
async function answer(asked: Asked): Promise<{ readonly text?: string; readonly calls?: unknown[] }> {
  count += 1;
  const offered = pick(asked.tools ?? [], count);
  const prompt = (asked.messages.at(-1)?.content ?? '').slice(-80) || 'x';
  const schema =
    offered.length === 0 || count % 11 === 0 ? { type: 'string', maxLength: 40 } : callsSchema(offered);
  const grammar = await llama.createGrammarForJsonSchema(schema);
  const text: string = await completion.generateCompletion(prompt, {
    grammar,
    maxTokens: answerTokensMax,
    temperature: 1.3,
    seed: count,
  });
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? { calls: parsed } : { text: String(parsed) };
  } catch {
    // Cut off at the token limit: a broken call, which the path has to stand as well.
    return { calls: [{ name: offered[0]?.function.name ?? 'none', arguments: text }] };
  }
}

/** Another few of the tools each time, so that all come round. */
function pick(tools: readonly Tool[], turn: number): readonly Tool[] {
  return Array.from(
    { length: Math.min(toolsPerAnswer, tools.length) },
    (_, at) => tools[(turn * 3 + at * 7) % tools.length]!,
  );
}

function callsSchema(tools: readonly Tool[]): unknown {
  const calls = tools.map((tool) => ({
    type: 'object',
    properties: { name: { const: tool.function.name }, arguments: narrow(tool.function.parameters) },
    required: ['name', 'arguments'],
  }));
  return { type: 'array', minItems: 1, maxItems: 3, items: { oneOf: calls } };
}

/** The part of a JSON Schema that the engine's grammar knows, with bounds so that nonsense stays short. */
function narrow(schema: Schema): unknown {
  if (schema.enum) return { enum: schema.enum };
  if (schema.type === 'array')
    return { type: 'array', minItems: 0, maxItems: 2, items: narrow(schema.items ?? { type: 'string' }) };
  if (schema.type === 'object') {
    const properties = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, narrow(inner)]),
    );
    return {
      type: 'object',
      properties,
      required: Object.keys(properties).filter((_, at) => (count + at) % 2 === 0),
    };
  }
  if (schema.type === 'integer' || schema.type === 'number' || schema.type === 'boolean')
    return { type: schema.type };
  return { oneOf: [{ type: 'string', maxLength: stringLengthMax }, { enum: names }] };
}

/** Names the caller's inventory has, so that nonsense sometimes hits a real thing; set by the first request. */
let names: readonly string[] = ['web-1'];

const server = createServer((request, response) => {
  queue = queue
    .then(() => serve(request, response))
    .catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      response.destroy();
    });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.endsWith('/models')) {
    response.end(JSON.stringify({ data: [{ id: 'random' }] }));
    return;
  }
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const asked = JSON.parse(body) as Asked;
  const ids = [...new Set(body.match(/[a-z0-9-]+:[a-z-]+\/[A-Za-z0-9._-]+/g) ?? [])].slice(0, 6);
  if (ids.length > 0) names = ids;
  const { text, calls } = await answer(asked);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: unknown, finish: string | null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'r', object: 'chat.completion.chunk', model: 'random', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  if (text !== undefined) send({ content: text }, null);
  (calls ?? []).forEach((call, index) => {
    const { name, arguments: args } = call as { name: string; arguments: unknown };
    const argumentsText = typeof args === 'string' ? args : JSON.stringify(args ?? {});
    send(
      {
        tool_calls: [
          { index, id: `c${index}`, type: 'function', function: { name, arguments: argumentsText } },
        ],
      },
      null,
    );
  });
  send({}, calls ? 'tool_calls' : 'stop');
  response.write(
    `data: ${JSON.stringify({ id: 'r', object: 'chat.completion.chunk', model: 'random', choices: [], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })}\n\n`,
  );
  response.end('data: [DONE]\n\n');
}
