// An OpenAI-compatible endpoint on loopback that answers what a test scripts, faults included. It stands for the
// disasters of a model that cannot be provoked in a real one; what it was asked is kept, so that a test can search it.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ScriptedAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'calls'; readonly calls: readonly { readonly name: string; readonly args: unknown }[] }
  | { readonly kind: 'raw-call'; readonly name: string; readonly argumentsText: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'stall' }
  | { readonly kind: 'rubbish' }
  | { readonly kind: 'endless' };

export interface ScriptedEndpoint {
  readonly baseUrl: string;
  /** Bodies of all requests, as text. */
  readonly asked: string[];
  script(...answers: ScriptedAnswer[]): void;
  close(): Promise<void>;
}

/** Starts the endpoint. An answer that was not scripted is HTTP 500. */
export async function startScriptedEndpoint(): Promise<ScriptedEndpoint> {
  const queue: ScriptedAnswer[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push(body);
      give(queue.shift() ?? { kind: 'status', status: 500 }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    script: (...answers) => void queue.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function give(answer: ScriptedAnswer, response: ServerResponse): void {
  if (answer.kind === 'status') {
    response.writeHead(answer.status, { 'content-type': 'application/json', 'x-should-retry': 'false' });
    response.end(JSON.stringify({ error: { message: 'scripted' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: unknown, finish: string | null = null) => {
    const chunk = {
      id: 'x',
      object: 'chat.completion.chunk',
      model: 'scripted',
      choices: [{ index: 0, delta, finish_reason: finish }],
    };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  const end = () => {
    const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
    response.write(
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'scripted', choices: [], usage })}\n\n`,
    );
    response.end('data: [DONE]\n\n');
  };
  switch (answer.kind) {
    case 'text':
      for (const word of answer.text.split(/(?<= )/)) send({ content: word });
      send({}, 'stop');
      end();
      return;
    case 'calls':
    case 'raw-call': {
      const calls =
        answer.kind === 'calls'
          ? answer.calls.map((call) => ({ name: call.name, text: JSON.stringify(call.args) }))
          : [{ name: answer.name, text: answer.argumentsText }];
      calls.forEach((call, index) => {
        send({
          tool_calls: [
            { index, id: `call-${index}`, type: 'function', function: { name: call.name, arguments: '' } },
          ],
        });
        for (let at = 0; at < call.text.length; at += 7)
          send({ tool_calls: [{ index, function: { arguments: call.text.slice(at, at + 7) } }] });
      });
      send({}, 'tool_calls');
      end();
      return;
    }
    case 'cut':
      send({ content: 'I will del' });
      setImmediate(() => response.destroy());
      return;
    case 'stall':
      send({ content: 'Let me thi' });
      return;
    case 'rubbish':
      response.end('data: {"choices": [{"delta":\n\n<html>gateway</html>\n\n');
      return;
    case 'endless': {
      const more = () => {
        if (response.destroyed) return;
        send({ content: 'and so on '.repeat(500) });
        setImmediate(more);
      };
      more();
    }
  }
}
