// Lends the editor's own language models to the daemon: waits for a question, asks the model, hands back what it
// said. It decides nothing and carries out nothing; a tool call of the model is only text on its way to the daemon.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import type { ModelAsk, ParamsOf } from '../../shared/protocol/messages.ts';
import type { DaemonLink } from '../daemon/link.ts';

type Completion = NonNullable<ParamsOf<'model/reply'>['completion']>;

const retryMs = 5_000;
/** Extensions that bring models may start after us. */
const firstOfferWaitMs = 5_000;

export interface EditorModelOffer {
  /** Resolves when a model was first offered to the daemon, or none came up in time. */
  offered(): Promise<void>;
  dispose(): void;
}

/** Lends the editor's models from now on. Never throws: what goes wrong is logged and tried again. */
export function offerEditorModel(daemon: DaemonLink, log: (line: string) => void): EditorModelOffer {
  const abort = new AbortController();
  let tell: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const timer = setTimeout(tell, firstOfferWaitMs);
  void serve(daemon, abort.signal, tell, log).finally(tell);
  return {
    offered: () => first,
    dispose: () => {
      clearTimeout(timer);
      abort.abort();
    },
  };
}

async function serve(
  daemon: DaemonLink,
  signal: AbortSignal,
  onOffer: () => void,
  log: (line: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const models = (await vscode.lm.selectChatModels()).map((model) => model.id).slice(0, 100);
      if (models.length === 0) {
        await modelsOrPause(signal);
        continue;
      }
      const waiting = daemon.request('model/serve', { models }, { signal, timeoutMs: 0 });
      onOffer();
      void answer(daemon, await waiting, log);
    } catch (error) {
      if (signal.aborted) return;
      log(`The editor's language model cannot be lent: ${problemOf(error).message}`);
      await pause(retryMs, signal);
    }
  }
}

/** Until the editor's models change, or a while has passed. */
async function modelsOrPause(signal: AbortSignal): Promise<void> {
  const either = new AbortController();
  const changed = vscode.lm.onDidChangeChatModels(() => either.abort());
  await pause(retryMs, AbortSignal.any([signal, either.signal]));
  changed.dispose();
}

async function answer(daemon: DaemonLink, ask: ModelAsk, log: (line: string) => void): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  try {
    const completion = await complete(daemon, ask, source);
    await daemon.request('model/reply', { ask: ask.ask, completion });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await daemon
      .request('model/reply', { ask: ask.ask, problem: problem.slice(0, 500) })
      .catch(() => undefined);
    log(`The editor's language model failed: ${problem}`);
  } finally {
    source.dispose();
  }
}

async function complete(
  daemon: DaemonLink,
  ask: ModelAsk,
  source: vscode.CancellationTokenSource,
): Promise<Completion> {
  const models = await vscode.lm.selectChatModels();
  const model =
    models.find((one) => one.id === ask.model || one.family === ask.model || one.name === ask.model) ??
    models[0];
  if (!model) throw new Error('the editor has no language model any more');
  const messages = ask.messages.map(messageOf);
  const tools = ask.tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    inputSchema: tool.parameters,
  }));
  const options = {
    tools,
    justification: 'Pilothouse asks it to read a request that its own reader is unsure of.',
  };
  const response = await model.sendRequest(messages, options, source.token);
  const calls: Completion['calls'] = [];
  let text = '';
  for await (const part of response.stream) {
    if (part instanceof vscode.LanguageModelTextPart) {
      text += part.value;
      const { taken } = await daemon.request('model/reply', { ask: ask.ask, part: part.value });
      // Nobody waits for it any more.
      if (!taken) source.cancel();
    } else if (part instanceof vscode.LanguageModelToolCallPart) {
      calls.push({ id: part.callId, name: part.name, argumentsText: JSON.stringify(part.input) });
    }
  }
  const outputTokens = await model.countTokens(text, source.token);
  const inputTokens = await model.countTokens(
    ask.messages.map((message) => message.text).join('\n'),
    source.token,
  );
  return { text, calls, inputTokens, outputTokens, model: model.id };
}

/** The editor's messages have no role for a system; what it would say comes first, from the user. */
function messageOf(message: ModelAsk['messages'][number]): vscode.LanguageModelChatMessage {
  if (message.role === 'tool') {
    const result = new vscode.LanguageModelToolResultPart(message.call, [
      new vscode.LanguageModelTextPart(message.text),
    ]);
    return vscode.LanguageModelChatMessage.User([result]);
  }
  if (message.role !== 'assistant') return vscode.LanguageModelChatMessage.User(message.text);
  const calls = message.calls.map(
    (call) => new vscode.LanguageModelToolCallPart(call.id, call.name, inputOf(call.argumentsText)),
  );
  const parts = [...(message.text ? [new vscode.LanguageModelTextPart(message.text)] : []), ...calls];
  return vscode.LanguageModelChatMessage.Assistant(parts);
}

function inputOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
