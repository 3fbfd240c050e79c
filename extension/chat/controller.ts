// The conversation behind the chat panel: takes what the panel sends, asks the daemon, and keeps the turns so that
// the panel can be drawn again when it was hidden. It approves nothing: a review goes to the dialog. Knows no
// editor; what needs one comes in as `ports`.

import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError, problemOf } from '../../shared/model/problem.ts';
import type { Candidate, StepDraft } from '../../shared/model/reading.ts';
import type { Json } from '../../shared/model/resource.ts';
import { type FromChat, type PanelTurn, type Reader, readers, type ToChat } from '../../shared/panel/chat.ts';
import type { RequestOptions } from '../../shared/protocol/client.ts';
import type { ChatTurn, ParamsOf, SubmitResult } from '../../shared/protocol/messages.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { PlanStore } from '../state/plans.ts';
import type { ResourceStore } from '../state/resources.ts';
import { type AskContext, replacePart, stepsOf } from './context.ts';
import { answered, withPlan } from './panelTurns.ts';

export interface ChatPorts {
  readonly daemon: Pick<DaemonLink, 'request' | 'state'>;
  readonly plans: Pick<PlanStore, 'get'>;
  readonly resources: Pick<ResourceStore, 'get'>;
  /** Sends to the panel; what is sent while it is hidden is sent again when it is ready. */
  post(message: ToChat): void;
  context(): AskContext;
  /** Resolves when the daemon knows what the person has set for its reading: a language model above all. */
  settled(): Promise<void>;
  /** Who reads, as the person chose; `choose` remembers it. */
  readonly reader: { readonly choice: Reader; choose(reader: Reader): void };
  frame(): Extract<ToChat, { type: 'state' }>;
  review(plan: string, digest: string): Promise<void>;
  act(action: 'reject' | 'cancel' | 'undo' | 'continue', plan: string): Promise<void>;
  resolve(plan: string, step: number): Promise<void>;
  /** Offers another value for a part of a step; undefined where the person chose none. */
  pickCorrection(step: StepDraft, part: string): Promise<Json | undefined>;
  openResource(id: string): Promise<void>;
  openAudit(plan: string): Promise<void>;
  /** Draws what is around a resource. */
  openTopology(id: string): Promise<void>;
  /** Draws what a plan would hit. */
  openBlast(plan: string): Promise<void>;
  command(name: 'chooseConnection' | 'restartDaemon' | 'showLog' | 'chooseModel'): Promise<void>;
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
  /** What the daemon remembers is another now (a restored state): shows that, and nothing of before. */
  reload(): Promise<void>;
  /** Forgets what is shown; the daemon forgets too. */
  clear(): Promise<void>;
}

type ChoiceOf = ParamsOf<'request/choose'>['of'];
type Send = (options: RequestOptions & { readonly signal: AbortSignal }) => Promise<SubmitResult>;

const turnsKept = 200;
/** A model's words are shown as they come, but the page is not drawn more often than this. */
const partialEveryMs = 80;
const partialCharactersMax = 8_000;
const pageTurns = 30;

export function createChatController(ports: ChatPorts): ChatController {
  const turns = new Map<string, PanelTurn>();
  /** What the last search found; gone when it ends. */
  const found = new Map<string, PanelTurn>();
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

  async function exchange(text: string, send: Send): Promise<PanelTurn> {
    lastKey += 1;
    const key = `new-${lastKey}`;
    const at = new Date().toISOString();
    const abort = new AbortController();
    underWay.set(key, abort);
    const waiting: PanelTurn = { key, at, text, state: 'waiting', names: {} };
    put(waiting);
    let turn: PanelTurn;
    try {
      const onProgress = showParts((partial) => put({ ...waiting, partial }));
      turn = answered(key, text, at, await send({ signal: abort.signal, onProgress }), ports);
    } catch (error) {
      const { message, fix } = problemOf(error);
      turn = { key, at, text, state: 'answered', problem: { message, fix }, names: {} };
    }
    underWay.delete(key);
    put(turn);
    return turn;
  }

  async function ask(text: string): Promise<void> {
    await exchange(text, async (options) => {
      await orCancelled(ports.settled(), options.signal);
      const params = { text, context: ports.context(), reader: ports.reader.choice };
      return ports.daemon.request('request/submit', params, options);
    });
  }

  async function askSteps(
    text: string,
    steps: readonly StepDraft[],
    query: boolean,
    of?: ChoiceOf,
  ): Promise<PanelTurn> {
    const context = ports.context();
    const about = { context, connection: context.connection, ...(of && { of }) };
    const params = { text, steps: steps as never, query, ...about };
    return exchange(text, (options) => ports.daemon.request('request/choose', params, options));
  }

  async function choose(turn: PanelTurn, candidate: Candidate): Promise<void> {
    const { reading } = candidate;
    await askSteps(turn.text, reading.steps, reading.kind === 'query', choiceOf(turn, 'chosen'));
  }

  /** A corrected plan replaces the one it came from, which must not stay open beside it. */
  async function correct(turn: PanelTurn, index: number, part: string): Promise<void> {
    const steps = stepsOf(turn.reading);
    const step = steps[index];
    const value = step && (await ports.pickCorrection(step, part));
    if (value === undefined) return;
    const corrected = steps.map((item, at) => (at === index ? replacePart(item, part, value) : item));
    const isQuery = turn.reading?.kind === 'query';
    const next = await askSteps(turn.text, corrected, isQuery, choiceOf(turn, 'corrected'));
    const before = turn.plan && (ports.plans.get(turn.plan.id) ?? turn.plan);
    if (next.plan && before?.state === 'proposed') await ports.act('reject', before.id);
  }

  async function search(text: string): Promise<void> {
    const { conversation } = ports.context();
    const { turns: kept, total } = await ports.daemon.request('chat/search', { conversation, text });
    found.clear();
    for (const turn of kept.map(panelTurn)) found.set(turn.key, turn);
    ports.post({ type: 'found', text, turns: [...found.values()], total });
  }

  /** The person's word on an offered alias: kept by the daemon, or let go. */
  async function settleOffer(turn: PanelTurn, isWanted: boolean): Promise<void> {
    const { aliasOffer, ...rest } = turn;
    if (!aliasOffer) return;
    if (!isWanted) return put(rest);
    const { words, target } = aliasOffer;
    const { name } = await ports.daemon.request('alias/set', { words, target });
    const message = `From now on “${words}” stands for ${name}.`;
    put({ ...rest, notice: { message, fix: '“Pilothouse: Manage Aliases…” shows and removes such words.' } });
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

  const turnOf = (key: string): PanelTurn | undefined => turns.get(key) ?? found.get(key);

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
        const turn = turnOf(message.key);
        const candidate =
          turn?.reading?.kind === 'clarify' ? turn.reading.candidates[message.candidate] : undefined;
        return turn && candidate ? choose(turn, candidate) : undefined;
      }
      case 'correct': {
        const turn = turnOf(message.key);
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
      case 'openTopology':
        return ports.openTopology(message.id);
      case 'openBlast':
        return ports.openBlast(message.plan);
      case 'search':
        return search(message.text);
      case 'endSearch':
        return found.clear();
      case 'reader': {
        const reader = readers.find((one) => one === message.reader);
        if (reader) ports.reader.choose(reader);
        return ports.post(ports.frame());
      }
      case 'remember':
      case 'dismissOffer': {
        const turn = turnOf(message.key);
        return turn && settleOffer(turn, message.type === 'remember');
      }
      case 'older':
        return loadOlder(message.beforeTurn);
      case 'chooseConnection':
      case 'restartDaemon':
      case 'showLog':
      case 'chooseModel':
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
    reload: async () => {
      await loading;
      turns.clear();
      found.clear();
      hasLoaded = false;
      hasOlder = false;
      sendAll();
      await ready();
    },
    clear: async () => {
      await ports.daemon.request('chat/clear', { conversation: ports.context().conversation });
      turns.clear();
      found.clear();
      hasOlder = false;
      sendAll();
    },
  };
}

function choiceOf({ turn }: PanelTurn, how: 'corrected' | 'chosen'): ChoiceOf {
  return turn === undefined ? undefined : { turn, how };
}

/** Gathers what a model says and hands it on now and then; what is left at the end comes with the answer. */
function showParts(show: (partial: string) => void): NonNullable<RequestOptions['onProgress']> {
  let said = '';
  let shownAtMs = 0;
  return ({ message }) => {
    said = `${said}${message}`.slice(0, partialCharactersMax);
    if (Date.now() - shownAtMs < partialEveryMs) return;
    shownAtMs = Date.now();
    show(said);
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
