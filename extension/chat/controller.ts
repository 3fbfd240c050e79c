// The conversation behind the chat panel: takes what the panel sends, asks the daemon, and keeps the turns so that
// the panel can be drawn again when it was hidden. It approves nothing: a review goes to the dialog. Knows no
// editor; what needs one comes in as `ports`.

import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Candidate, Reading, StepDraft } from '../../shared/model/reading.ts';
import type { Json } from '../../shared/model/resource.ts';
import type { FromChat, PanelTurn, ToChat } from '../../shared/panel/chat.ts';
import type { ChatTurn, SubmitResult } from '../../shared/protocol/messages.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { PlanStore } from '../state/plans.ts';
import type { ResourceStore } from '../state/resources.ts';
import { type AskContext, namesOf, replacePart, stepsOf } from './context.ts';

export interface ChatPorts {
  readonly daemon: Pick<DaemonLink, 'request' | 'state'>;
  readonly plans: Pick<PlanStore, 'get'>;
  readonly resources: Pick<ResourceStore, 'get'>;
  /** Sends to the panel; what is sent while it is hidden is sent again when it is ready. */
  post(message: ToChat): void;
  context(): AskContext;
  /** Resolves when the daemon knows what the person has set for its reading: a language model above all. */
  settled(): Promise<void>;
  frame(): Extract<ToChat, { type: 'state' }>;
  review(plan: string, digest: string): Promise<void>;
  act(action: 'reject' | 'cancel' | 'undo' | 'continue', plan: string): Promise<void>;
  resolve(plan: string, step: number): Promise<void>;
  /** Offers another value for a part of a step; undefined where the person chose none. */
  pickCorrection(step: StepDraft, part: string): Promise<Json | undefined>;
  openResource(id: string): Promise<void>;
  openAudit(plan: string): Promise<void>;
  command(name: 'chooseConnection' | 'restartDaemon' | 'showLog'): Promise<void>;
}

export interface ChatController {
  receive(message: FromChat): Promise<void>;
  ask(text: string): Promise<void>;
  /** Goes on with steps that a person put together by clicks. */
  askSteps(text: string, steps: readonly StepDraft[], query: boolean): Promise<void>;
  /** Shows a plan that did not come from a sentence. */
  showPlan(plan: Plan): void;
  planChanged(plan: Plan): void;
  /** The daemon can be talked to: loads what was said before, where that is still missing. */
  ready(): Promise<void>;
  /** Forgets what is shown; the daemon forgets too. */
  clear(): Promise<void>;
}

const turnsKept = 200;
const pageTurns = 30;

export function createChatController(ports: ChatPorts): ChatController {
  const turns = new Map<string, PanelTurn>();
  const underWay = new Map<string, AbortController>();
  let lastKey = 0;
  let hasLoaded = false;
  let hasOlder = false;
  let loading: Promise<void> | undefined;

  const put = (turn: PanelTurn) => {
    turns.set(turn.key, turn);
    for (const key of turns.keys()) {
      if (turns.size <= turnsKept) break;
      turns.delete(key);
      hasOlder = true;
    }
    ports.post({ type: 'turn', turn });
  };
  const panelTurn = (kept: ChatTurn): PanelTurn => ({
    ...answered(`turn-${kept.turn}`, kept.text, kept.at, kept.result, ports),
    turn: kept.turn,
  });
  const isKnown = (turn: number) => [...turns.values()].some((known) => known.turn === turn);

  async function exchange(
    text: string,
    send: (signal: AbortSignal) => Promise<SubmitResult>,
  ): Promise<PanelTurn> {
    lastKey += 1;
    const key = `new-${lastKey}`;
    const at = new Date().toISOString();
    const abort = new AbortController();
    underWay.set(key, abort);
    put({ key, at, text, state: 'waiting', names: {} });
    let turn: PanelTurn;
    try {
      turn = answered(key, text, at, await send(abort.signal), ports);
    } catch (error) {
      const { message, fix } = problemOf(error);
      turn = { key, at, text, state: 'answered', problem: { message, fix }, names: {} };
    }
    underWay.delete(key);
    put(turn);
    return turn;
  }

  async function ask(text: string): Promise<void> {
    await exchange(text, async (signal) => {
      await orCancelled(ports.settled(), signal);
      return ports.daemon.request('request/submit', { text, context: ports.context() }, { signal });
    });
  }

  async function askSteps(text: string, steps: readonly StepDraft[], query: boolean): Promise<PanelTurn> {
    const context = ports.context();
    const params = { text, steps: steps as never, query, context, connection: context.connection };
    return exchange(text, (signal) => ports.daemon.request('request/choose', params, { signal }));
  }

  async function choose(turn: PanelTurn, candidate: Candidate): Promise<void> {
    const { reading } = candidate;
    await askSteps(turn.text, reading.steps, reading.kind === 'query');
  }

  /** A corrected plan replaces the one it came from, which must not stay open beside it. */
  async function correct(turn: PanelTurn, index: number, part: string): Promise<void> {
    const steps = stepsOf(turn.reading);
    const step = steps[index];
    const value = step && (await ports.pickCorrection(step, part));
    if (value === undefined) return;
    const corrected = steps.map((item, at) => (at === index ? replacePart(item, part, value) : item));
    const next = await askSteps(turn.text, corrected, turn.reading?.kind === 'query');
    const before = turn.plan && (ports.plans.get(turn.plan.id) ?? turn.plan);
    if (next.plan && before?.state === 'proposed') await ports.act('reject', before.id);
  }

  async function load(): Promise<void> {
    const { conversation } = ports.context();
    const { turns: kept } = await ports.daemon.request('chat/list', { conversation, limit: pageTurns });
    const early = [...turns.values()];
    turns.clear();
    for (const turn of [...kept].reverse()) turns.set(`turn-${turn.turn}`, panelTurn(turn));
    for (const turn of early) if (turn.turn === undefined || !isKnown(turn.turn)) turns.set(turn.key, turn);
    hasLoaded = true;
    hasOlder = kept.length === pageTurns;
    sendAll();
  }

  /** Older turns are kept too, so that their buttons work; their number is bounded by what the panel asks for. */
  async function loadOlder(beforeTurn: number): Promise<void> {
    const { conversation } = ports.context();
    const params = { conversation, limit: pageTurns, beforeTurn };
    const { turns: kept } = await ports.daemon.request('chat/list', params);
    const older = [...kept].reverse().map(panelTurn);
    const later = [...turns.values()].filter((turn) => !older.some(({ turn: known }) => known === turn.turn));
    turns.clear();
    for (const turn of [...older, ...later]) turns.set(turn.key, turn);
    ports.post({ type: 'turns', turns: older, hasOlder: kept.length === pageTurns, reset: false });
  }

  function sendAll(): void {
    const current = [...turns.values()].map((turn) => withPlan(turn, ports.plans));
    ports.post({ type: 'turns', turns: current, hasOlder, reset: true });
  }

  async function ready(): Promise<void> {
    if (hasLoaded || ports.daemon.state.kind !== 'ready') return;
    loading ??= load().finally(() => {
      loading = undefined;
    });
    await loading;
  }

  async function receive(message: FromChat): Promise<void> {
    switch (message.type) {
      case 'ready':
        ports.post(ports.frame());
        sendAll();
        return ready();
      case 'ask':
        return ask(message.text);
      case 'stop':
        return underWay.get(message.key)?.abort();
      case 'choose': {
        const turn = turns.get(message.key);
        const candidate =
          turn?.reading?.kind === 'clarify' ? turn.reading.candidates[message.candidate] : undefined;
        return turn && candidate ? choose(turn, candidate) : undefined;
      }
      case 'correct': {
        const turn = turns.get(message.key);
        return turn ? correct(turn, message.step, message.part) : undefined;
      }
      case 'review':
        return ports.review(message.plan, message.digest);
      case 'reject':
      case 'cancel':
      case 'undo':
      case 'continue':
        return ports.act(message.type, message.plan);
      case 'resolve':
        return ports.resolve(message.plan, message.step);
      case 'openResource':
        return ports.openResource(message.id);
      case 'openAudit':
        return ports.openAudit(message.plan);
      case 'older':
        return loadOlder(message.beforeTurn);
      case 'chooseConnection':
      case 'restartDaemon':
      case 'showLog':
        return ports.command(message.type);
    }
  }

  return {
    receive,
    ask,
    ready,
    askSteps: async (text, steps, query) => {
      await askSteps(text, steps, query);
    },
    showPlan: (plan) => {
      const shown = [...turns.values()].find((turn) => turn.plan?.id === plan.id);
      const key = shown?.key ?? `plan-${plan.id}`;
      if (shown) ports.post({ type: 'turn', turn: { ...shown, plan } });
      else put({ key, at: plan.createdAt, text: plan.text, state: 'answered', plan, names: {} });
      ports.post({ type: 'reveal', key });
    },
    planChanged: (plan) => {
      const showing = [...turns.values()].filter((turn) => turn.plan?.id === plan.id);
      for (const turn of showing) turns.set(turn.key, { ...turn, plan });
      if (showing.length > 0) ports.post({ type: 'plan', plan });
    },
    clear: async () => {
      await ports.daemon.request('chat/clear', { conversation: ports.context().conversation });
      turns.clear();
      hasOlder = false;
      sendAll();
    },
  };
}

/** Waits for `work`, but no longer than the person does. */
async function orCancelled(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([work, aborted]);
  if (signal.aborted) throw new ProblemError({ code: 'cancelled', message: 'It was cancelled.' });
}

function answered(
  key: string,
  text: string,
  at: string,
  result: SubmitResult,
  ports: Pick<ChatPorts, 'plans' | 'resources'>,
): PanelTurn {
  const { answer, problem, notice, usage, turn } = result;
  const reading = withoutSecret(result.reading);
  if (reading !== result.reading)
    return { key, text: reading.text, at, turn, state: 'answered', reading, names: {} };
  const plan = result.plan && (ports.plans.get(result.plan.id) ?? result.plan);
  const names = namesOf(ports.resources, reading, plan);
  return { key, text, at, turn, state: 'answered', reading, plan, answer, problem, notice, usage, names };
}

/** A sentence that was refused because it held a secret is shown no more, as the daemon keeps it no more. */
function withoutSecret(reading: Reading): Reading {
  return reading.kind === 'refuse' && reading.reason === 'secret'
    ? { ...reading, text: '[removed]' }
    : reading;
}

function withPlan(turn: PanelTurn, plans: Pick<PlanStore, 'get'>): PanelTurn {
  const plan = turn.plan && plans.get(turn.plan.id);
  return plan ? { ...turn, plan } : turn;
}
