// Fills one operation's frame from one clause: arguments, then the target among the noun phrases that are left, then
// the price of everything that stayed unexplained. The frame is the catalogue's entry; nothing here knows a cloud.

import type { Operation } from '../../../shared/model/operation.ts';
import type { Json, Resource } from '../../../shared/model/resource.ts';
import { looseKey } from '../inventory/inventory.ts';
import type { Found, Scene, Trouble } from '../linking/scene.ts';
import { checkDetach, chooseTarget } from '../linking/target.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type Amount, groupByAmount, replicasOf, sizeOf } from './amounts.ts';
import { fillArguments } from './arguments.ts';
import type { Attempt, DraftStep } from './attempt.ts';
import type { Filled, Used } from './filled.ts';
import { priced, unlikely } from './price.ts';
import { saidFrom, unreadBound, unreadOfList, unreadOfNew } from './unread.ts';

export interface FillRequest {
  readonly operation: Operation;
  readonly clause: Clause;
  readonly scene: Scene;
  readonly phrase: string;
  /** Cells of the verb. */
  readonly verb?: Cell;
  /** What it costs to read the phrase as this operation. */
  readonly cost: number;
  /** What the target is, where the clause does not say (ellipsis). */
  readonly target?: Np;
}

const placing =
  /^(put|bring|send|push|shift|transfer|pass|pull|carry|hop|swing|slide|drag|switch|transport)\b/;

/** Reads the clause as the operation; undefined where it cannot be. */
export function fillOperation(request: FillRequest): Attempt | undefined {
  const { operation, clause, scene, phrase } = request;
  const used: Used = {
    nps: new Set(),
    values: new Set(),
    cells: new Set(),
    named: false,
    metrics: false,
    times: false,
    scope: false,
  };
  if (request.verb) used.cells.add(request.verb);
  const filled = fillArguments({ operation, clause, scene, used, phrase });
  // "Put it there": such a word moves a thing to a host that is named, or means something else.
  if (operation.verb === 'migrate' && placing.test(phrase) && filled.args.host === undefined)
    return undefined;
  if (operation.target === 'none') return finishCreate(request, used, filled);
  const target = chooseTarget(request, used);
  if (target.found?.mismatch && !target.np?.pronoun) return undefined;
  const found = target.found;
  const said = [
    ...filled.evidence,
    ...(request.verb ? [{ part: 'verb', cell: request.verb }] : []),
    ...(target.np ? cellsOfNp(target.np) : []).map((cell) => ({ part: 'target', cell })),
  ];
  // "…, then show me the logs": of what was spoken of, and by no verb.
  const cues = (['show', 'list', 'logs'] as const).flatMap((cue) => {
    const cell = clause.cues.get(cue);
    return cell ? [{ part: 'verb', cell }] : [];
  });
  const evidence = said.length > 0 ? said : cues;
  let cost = request.cost + filled.cost + (found?.cost ?? 0) + target.cost + unlikely(request);
  if (!found) {
    const unlinked = operation.verb === 'metrics' ? unlinkedIn(clause) : undefined;
    if (unlinked) {
      const trouble: Trouble = { about: 'target', candidates: [], because: 'missing', text: unlinked.text };
      return priced({ steps: [], cost, trouble }, request, used);
    }
    if (operation.target === 'optional')
      return priced({ steps: withFigures({ operation, args: filled.args, evidence }), cost }, request, used);
    return priced(
      { steps: [], cost: cost + 0.3, trouble: { about: 'target', candidates: [], because: 'unsaid' } },
      request,
      used,
    );
  }
  if (found.trouble)
    return priced(
      { steps: [{ operation, args: filled.args, evidence }], cost, trouble: found.trouble },
      request,
      used,
    );
  const open =
    operation.risk !== 'read' && target.np && !found.bulk ? besideTarget(target.np, clause, used) : undefined;
  if (open) {
    const candidates = found.ids.map((id) => scene.inventory.get(id)!);
    const trouble: Trouble = { about: 'target', candidates, because: 'unclear', text: open.text };
    return priced({ steps: [{ operation, args: filled.args, evidence }], cost, trouble }, request, used);
  }
  const stray = found.unrestricted ? clause.unknown.find((cell) => !used.cells.has(cell)) : undefined;
  const isRead = operation.risk === 'read';
  const bound = isRead
    ? operation.verb === 'list' && (found.bulk || found.unrestricted)
      ? unreadOfList(request, used)
      : undefined
    : found.bulk
      ? (unreadBound(request, used) ?? stray)
      : undefined;
  if (bound) {
    const trouble: Trouble = {
      about: 'scope',
      candidates: [],
      because: 'unclear',
      text: saidFrom(clause, bound),
    };
    return priced({ steps: [{ operation, args: filled.args, evidence }], cost, trouble }, request, used);
  }
  const steps = stepsOf(request, found, filled, used, evidence);
  if (!steps.trouble && checkDetach(request, found, used)) cost -= 0.1;
  return priced({ steps: steps.steps, cost: cost + steps.cost, trouble: steps.trouble }, request, used);
}

/** "cpu of wbe": a word nothing is called where the measured thing is named; it never means everything there is. */
function unlinkedIn(clause: Clause): Cell | undefined {
  return clause.unknown.find((cell) => {
    const at = clause.cells.indexOf(cell);
    const before = clause.cells[isWord(clause.cells[at - 1], 'det') ? at - 2 : at - 1];
    return isWord(before, 'prep', 'of') && /^(of|on|for|from)$/.test(before!.low);
  });
}

/** A word nobody knows right beside a thing that was only said in words: together they may name another thing. */
function besideTarget(np: Np, clause: Clause, used: Used): Cell | undefined {
  const isCertain = np.names.some((name) => name.cell.words === 1 && /[\d_-]/.test(name.cell.low));
  const isPlain = np.pronoun === undefined && (np.names.length > 0 || np.mods.length > 0);
  if (np.kinds || isCertain || !isPlain || np.cells.length === 0) return undefined;
  const first = clause.cells.indexOf(np.cells[0]!);
  const last = clause.cells.indexOf(np.cells.at(-1)!);
  return [clause.cells[first - 1], clause.cells[last + 1]].find(
    (cell) => cell !== undefined && clause.unknown.includes(cell) && !used.cells.has(cell),
  );
}

/** The words of a phrase, and of what is listed with it by name. */
const cellsOfNp = ({ cells, also }: Np): readonly Cell[] => [
  ...cells,
  ...also.filter(({ names }) => names.length > 0).flatMap(cellsOfNp),
];

/** Steps for what was found; amounts in relation to the present value may make several. */
function stepsOf(
  { operation, clause, scene, phrase }: FillRequest,
  found: Found,
  filled: Filled,
  used: Used,
  evidence: DraftStep['evidence'],
): { steps: readonly DraftStep[]; cost: number; trouble?: Trouble } {
  const base: DraftStep = {
    operation,
    ids: found.ids,
    filter: found.bulk ? found.filter : undefined,
    created: found.created,
    args: filled.args,
    evidence,
  };
  if (filled.trouble)
    return {
      steps: [base],
      cost: 0,
      trouble: {
        about: `args.${filled.trouble.name}`,
        candidates: filled.trouble.candidates,
        because: 'ambiguous',
      },
    };
  const resources = found.ids
    .map((id) => scene.inventory.get(id))
    .filter((one): one is Resource => one !== undefined);
  const relative = operation.args.find((spec) => spec.name === 'replicas' || spec.name === 'size_gb');
  if (relative && operation.verb !== 'create') {
    const amount =
      relative.name === 'replicas' ? replicasOf(clause, used, phrase) : sizeOf(clause, used, phrase);
    if (!amount) return missing(base, relative.name);
    const groups =
      found.created === undefined
        ? groupByAmount(resources, relative.name, amount)
        : new Map([[amount.of(undefined) ?? Number.NaN, found.ids]]);
    if (!groups || [...groups.keys()].some((value) => !Number.isFinite(value)))
      return missing(base, relative.name);
    const withAmount = [...evidence, { part: `args.${relative.name}`, cell: amount.cell }];
    return {
      steps: [...groups].map(([value, ids]) => ({
        ...base,
        ids,
        args: { ...filled.args, [relative.name]: round(value, relative.name) },
        evidence: withAmount,
      })),
      cost: 0,
    };
  }
  const image = filled.args.image;
  if (typeof image === 'string' && image.startsWith(':'))
    return { steps: withVersion(base, resources, image), cost: 0 };
  for (const spec of operation.args) {
    if (!spec.required || filled.args[spec.name] !== undefined) continue;
    if (spec.default !== undefined) filled.args[spec.name] = spec.default;
    else return missing(base, spec.name);
  }
  const ports = operation.args.some((spec) => spec.type === 'port') ? portsOf(clause, used) : [];
  const range = clause.values.find(({ value }) => value.k === 'cidr')?.cell.start;
  const isBehind = clause.values.some(
    ({ value, cell }) => isPortLike(value.k) && cell.start > (range ?? Infinity),
  );
  // "22 for 10.0.0.0/8, 443 for everyone": whose the range is, is not read out of a list.
  if (ports.length > 1 && isBehind) return missing(base, 'cidr');
  // "22 or 23": one of them, and not said which.
  if (ports.length > 1 && clause.cells.some((cell) => cell.low === 'or' && !cell.quoted))
    return missing(base, 'port');
  if (ports.length > 1)
    return { steps: ports.map((said) => ({ ...base, args: { ...filled.args, ...said } })), cost: 0 };
  return { steps: withFigures(base), cost: 0 };
}

/** "cpu and memory of web-1": each figure is a question of its own. */
function withFigures(step: DraftStep): readonly DraftStep[] {
  const cell = step.evidence.find(({ part }) => part === 'args.metric')?.cell;
  const also = senseOf(cell, 'metric')?.also ?? [];
  return [step, ...also.map((metric) => ({ ...step, args: { ...step.args, metric } }))];
}

const isPortLike = (sort: string): boolean => sort === 'port' || sort === 'number';

/** "open 80 and 53/udp": each port is a step of its own, with the protocol it was said with. */
function portsOf(clause: Clause, used: Used): readonly { port: number; protocol?: string }[] {
  const ports = new Map<string, { port: number; protocol?: string }>();
  for (const use of clause.values) {
    const { value } = use;
    const port =
      value.k === 'port'
        ? value.port
        : value.k === 'number' && Number.isInteger(value.n) && value.n > 0 && value.n < 65_536
          ? value.n
          : undefined;
    if (
      port === undefined ||
      (value.k === 'port' && !value.sure && clause.values.some((one) => one.value.k === 'number'))
    )
      continue;
    used.values.add(use);
    const isOwn = value.k === 'port' && value.protocol !== undefined;
    ports.set(
      isOwn ? `${port}/${value.protocol}` : `${port}`,
      isOwn ? { port, protocol: value.protocol } : { port },
    );
  }
  return [...ports.values()];
}

function round(value: number, name: string): number {
  return name === 'replicas' ? Math.round(value) : Math.round(value * 100) / 100;
}

export function missing(
  step: DraftStep,
  name: string,
): { steps: readonly DraftStep[]; cost: number; trouble: Trouble } {
  return { steps: [step], cost: 0, trouble: { about: `args.${name}`, candidates: [], because: 'unsaid' } };
}

/** "update frontend to 2.0.1": the same image in another version. */
function withVersion(base: DraftStep, resources: readonly Resource[], version: string): readonly DraftStep[] {
  const groups = new Map<string, string[]>();
  for (const resource of resources) {
    const now = String(resource.attributes.image ?? resource.name);
    const image = `${now.replace(/:[^/:]*$/, '')}${version}`;
    groups.set(image, [...(groups.get(image) ?? []), resource.id]);
  }
  return [...groups].map(([image, ids]) => ({ ...base, ids, args: { ...base.args, image } }));
}

/** A deployment may be made from an image and a name alone. */
const placeholderNp: Np = {
  at: -1,
  names: [],
  missing: [],
  plural: false,
  mods: [],
  except: [],
  also: [],
  cells: [],
};

/** "2 t3.medium off golden-web": what a VM is made from is never its name, unless it is said to be. */
function isOfImage({ operation, clause, scene }: FillRequest, name: Json | undefined): boolean {
  if (operation.id !== 'create.vm' || typeof name !== 'string' || clause.named.length > 0) return false;
  const known = scene.inventory.byKey(looseKey(name));
  return known.length > 0 && known.every(({ kind }) => kind === 'image' || kind === 'flavor');
}

/** "Add a disk, 50 GB": of what is made, everything is added. */
function ofNew(amount: Amount | undefined): number | undefined {
  const said = amount?.of(undefined) ?? amount?.of(0);
  return said !== undefined && said > 0 ? said : undefined;
}

const bareDeploy = /^(deploy|launch|run|create|spin up|roll out|start up)$/;

const bareLaunch = /^(launch|spin up|provision|boot up|fire up|stand up|bring up|boot|deploy)$/;

function finishCreate(request: FillRequest, used: Used, filled: Filled): Attempt | undefined {
  const { operation, clause, phrase } = request;
  let head: Np | undefined;
  if (operation.verb === 'create') {
    head =
      clause.nps.find(
        (np) =>
          np.kinds?.includes(operation.kind) && np.prep === undefined && !np.of && np.quant === undefined,
      ) ??
      (operation.id === 'create.vm'
        ? clause.nps.find(
            (np) => !np.kinds && np.prep === undefined && np.names.some((name) => used.cells.has(name.cell)),
          )
        : undefined) ??
      (operation.id === 'create.vm' && bareLaunch.test(phrase) && (filled.args.flavor || filled.args.image)
        ? clause.nps.find((np) => np.missing.length > 0)
        : undefined) ??
      (operation.id === 'create.deployment' &&
      bareDeploy.test(phrase) &&
      filled.args.name &&
      clause.values.some((use) => use.value.k === 'image')
        ? placeholderNp
        : undefined);
    if (!head || (head.det === 'definite' && !filled.args.name) || head.pronoun) return undefined;
    used.nps.add(head);
    for (const use of clause.values)
      if (use.at > 0 && use.value.k === 'tags' && filled.args.tags) used.values.add(use);
    for (const np of clause.nps)
      if ([...np.missing, np.kindCell].some((cell) => cell && used.cells.has(cell))) used.nps.add(np);
  }
  const evidence = [...filled.evidence, ...(request.verb ? [{ part: 'verb', cell: request.verb }] : [])];
  const args: Record<string, Json> = filled.args;
  if (operation.id === 'create.volume') {
    const amount = ofNew(sizeOf(clause, used, phrase));
    const said = head?.mods.find((mod) => typeof mod.filter?.size_gb === 'number');
    if (amount !== undefined) args.size_gb = amount;
    else if (said) args.size_gb = said.filter!.size_gb!;
  }
  if (operation.id === 'create.deployment') {
    // "… as web2 with 3 replicas", "… as web2, 3 replicas"
    const nps = clause.nps.flatMap((np) => [np, ...np.also]);
    const amount = ofNew(replicasOf({ ...clause, nps }, used, phrase));
    const said = nps.flatMap((np) => np.mods).find((mod) => typeof mod.filter?.replicas === 'number');
    if (amount !== undefined) args.replicas = amount;
    else if (said) args.replicas = said.filter!.replicas!;
    if (typeof args.image === 'string' && args.image.startsWith(':')) delete args.image;
  }
  // "run busybox once as job": what it is to be is not its name.
  const isSort = clause.named.length === 0 && /^(jobs?|pods?|deployments?)$/.test(String(args.name));
  if (isSort || isOfImage(request, args.name)) delete args.name;
  const step: DraftStep = { operation, args, evidence };
  const lacking = operation.args.find(
    (spec) => spec.required && spec.default === undefined && args[spec.name] === undefined,
  );
  // Something was named that is not there: nothing is made without it in silence.
  const unnamed = head?.plural ? clause.unknown : [];
  const gone = [...clause.nps.flatMap((np) => np.missing), ...unnamed].find((cell) => !used.cells.has(cell));
  const asked = head && head !== placeholderNp ? unreadOfNew(clause, head, used, args) : undefined;
  // "create 3 volumes named data": of what is made one by one, each has a name of its own.
  const isSeveral = (head?.count ?? 1) > 1 && !operation.args.some((spec) => spec.name === 'count');
  const unsaid = lacking?.name ?? filled.trouble?.name ?? (isSeveral ? 'name' : undefined);
  const trouble: Trouble | undefined =
    unsaid !== undefined
      ? { about: `args.${unsaid}`, candidates: [], because: 'unsaid' }
      : gone && args.name !== gone.text
        ? { about: 'args', candidates: [], because: 'unclear', text: gone.text }
        : asked && args.name !== asked.text
          ? { about: 'args', candidates: [], because: 'unclear', text: asked.text }
          : undefined;
  return priced({ steps: [step], cost: request.cost + filled.cost, trouble }, request, used);
}
