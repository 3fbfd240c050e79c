// Fills one operation's frame from one clause: arguments, then the target among the noun phrases that are left, then
// the price of everything that stayed unexplained. The frame is the catalogue's entry; nothing here knows a cloud.

import type { Operation } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { groupByAmount, replicasOf, sizeOf } from './amounts.ts';
import { type Filled, fillArguments, type Used } from './arguments.ts';
import type { Attempt, DraftStep } from './attempt.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import type { Clause, Np } from './clause.ts';
import { type Care, type Found, resolveNp, type Scene, type Trouble } from './resolve.ts';

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
  if (operation.target === 'none') return finishCreate(request, used, filled);
  const target = chooseTarget(request, used);
  if (target.found?.mismatch && !target.np?.pronoun) return undefined;
  const found = target.found;
  const evidence = [
    ...filled.evidence,
    ...(request.verb ? [{ part: 'verb', cell: request.verb }] : []),
    ...(target.np?.cells.map((cell) => ({ part: 'target', cell })) ?? []),
  ];
  let cost = request.cost + filled.cost + (found?.cost ?? 0) + target.cost + unlikely(request);
  if (!found) {
    if (operation.target === 'optional')
      return priced({ steps: [{ operation, args: filled.args, evidence }], cost }, request, used);
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
  const steps = stepsOf(request, found, filled, used, evidence);
  if (!steps.trouble && checkDetach(request, found, used)) cost -= 0.1;
  return priced({ steps: steps.steps, cost: cost + steps.cost, trouble: steps.trouble }, request, used);
}

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
  if (ports.length > 1)
    return { steps: ports.map((port) => ({ ...base, args: { ...filled.args, port } })), cost: 0 };
  return { steps: [base], cost: 0 };
}

/** "open 80 and 443": each port is a step of its own. */
function portsOf(clause: Clause, used: Used): readonly number[] {
  const ports: number[] = [];
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
    ports.push(port);
  }
  return [...new Set(ports)];
}

function round(value: number, name: string): number {
  return name === 'replicas' ? Math.round(value) : Math.round(value * 100) / 100;
}

function missing(
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

/** Readings that need a word the clause does not have, or that take a measured thing for the thing itself. */
function unlikely({ operation, clause, scene }: FillRequest): number {
  if (/^(assign-ip|unassign-ip)$/.test(operation.verb)) {
    const spoken = clause.nps
      .flatMap((np) => [np, ...np.also])
      .some(
        (np) =>
          np.kinds?.includes('floating-ip') ||
          np.names.some((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip')) ||
          (np.pronoun !== undefined &&
            scene.antecedents.some(
              (one) =>
                one.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip') ||
                one.created?.kind === 'floating-ip',
            )),
      );
    return spoken ? 0 : 0.9;
  }
  const from =
    clause.nps.some((np) => np.prep !== undefined && /from|off/.test(np.prep)) ||
    clause.cells.some((cell) => /^(from|off|off of|away from)$/.test(cell.low));
  if (
    operation.verb === 'detach' &&
    clause.verbs.some((verb) => /^(remove|take|pull|free|take off|take away|drop)$/.test(verb.phrase)) &&
    !from
  )
    return 0.6;
  if (
    /^(open-port|close-port)$/.test(operation.verb) &&
    operation.words.indexOf('remove') >= 0 &&
    clause.verbs.some((verb) => verb.phrase === 'remove')
  )
    return clause.labels.has('port') ? 0 : 0.5;
  if (operation.verb === 'metrics' && clause.nps.length === 0 && clause.scope.length > 0) {
    const own = clause.scope.some((mod) =>
      mod.ids?.some((id) => scene.inventory.get(id)?.kind === operation.kind),
    );
    if (!own) return 0.15;
  }
  const measured = /^(metrics|forecast)$/.test(operation.verb) && operation.kind === 'volume';
  return measured &&
    clause.nps.some(
      (np) => !np.plural && senseOf(np.kindCell, 'metric') && (np.of !== undefined || np.names.length > 0),
    )
    ? 0.35
    : 0;
}

interface Target {
  readonly np?: Np;
  /** The noun phrase of the clause it came from. */
  readonly given?: Np;
  readonly found?: Found;
  readonly cost: number;
}

const targetPreps =
  /^(of|for|on|in|from|to|at|about|with|off|into|against|regarding|by|within|inside|onto|over|across|around|inside of|out of|under|as)$/;

function chooseTarget(request: FillRequest, used: Used): Target {
  const { operation, clause, scene, target } = request;
  const care: Care = operation.risk;
  const scope = used.scope ? [] : clause.scope;
  let best: Target | undefined;
  const extreme = clause.cues.has('top') || clause.cues.has('least');
  for (const one of target ? [target] : clause.nps) {
    const given: Np =
      extreme && one.names.length === 0 && one.kinds ? Object.assign(one, { superlative: true }) : one;
    const np = headOf(given, operation, scene);
    if (used.nps.has(np) || (np.prep !== undefined && !targetPreps.test(np.prep))) continue;
    // "delete the log file on web-1" is not about deleting web-1.
    if (operation.verb === 'delete' && np.prep !== undefined && np.prep !== 'of') continue;
    const kinds =
      operation.kind === 'topology' || operation.kind === 'audit' ? anyKinds(np, scene) : [operation.kind];
    for (const kind of kinds) {
      const found = resolveNp(withMoved(stripUsed(np, used), np, request, used), kind, scope, scene, care);
      const order = np.prep === undefined ? 0 : 0.15;
      const cost = order + (found.mismatch ? 5 : found.trouble ? 0.5 : 0);
      if (!best || cost + found.cost < best.cost + (best.found?.cost ?? 0) - 0.01)
        best = { np, given, found, cost };
    }
  }
  if (
    best?.found?.mismatch &&
    operation.target === 'optional' &&
    clause.nps.every((np) => used.nps.has(np) || np.pronoun)
  )
    return { cost: 0 };
  if (best && !best.found?.mismatch) {
    for (const np of clause.nps)
      if (np === best.given || np === best.np || np.of === best.np || np.cells === best.np!.cells)
        used.nps.add(np);
    return { ...best, cost: best.cost - (best.found?.trouble ? 0.5 : 0) };
  }
  if (best) return best;
  return scopedTarget(request, used);
}

/** "… to M.8 in staging", "… to 2 replicas except search": what bounds the set may hang on the word before it. */
function withMoved(target: Np, given: Np, { clause, operation }: FillRequest, used: Used): Np {
  if (operation.verb === 'attach' || operation.verb === 'migrate') return target;
  const others = clause.nps.filter(
    (np) =>
      np !== given &&
      np.of !== given &&
      np.cells !== given.cells &&
      (np.prep !== undefined || isWord(np.kindCell, 'replicas', 'typeWord', 'imageWord', 'sizeWord')),
  );
  const bare = others.filter((np) => np.names.every((name) => used.cells.has(name.cell)));
  const mods = bare.flatMap((np) => np.mods.filter((mod) => mod.post && !used.cells.has(mod.cell)));
  // What is to be spared is spared, wherever it was said.
  const except = clause.nps
    .filter((np) => np !== given && np.cells !== given.cells)
    .flatMap((np) => np.except);
  if (operation.verb === 'list')
    for (const np of clause.nps) {
      const describes =
        np !== given &&
        np.of !== given &&
        np.cells !== given.cells &&
        np.names.length === 0 &&
        !np.kinds &&
        !np.pronoun &&
        np.missing.length === 0 &&
        np.mods.length > 0 &&
        np.also.length === 0;
      if (!describes || bare.includes(np)) continue;
      mods.push(...np.mods.map((mod) => ({ ...mod, post: true })));
      used.nps.add(np);
    }
  return mods.length + except.length === 0
    ? target
    : { ...target, mods: [...target.mods, ...mods], except: [...target.except, ...except] };
}

/** "the replicas of web", "the disk of db-1": a noun that names what is measured is not the target itself. */
function headOf(np: Np, operation: Operation, scene: Scene): Np {
  if (
    operation.verb === 'unassign-ip' &&
    (np.kinds?.includes('floating-ip') ||
      np.names.some((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip')))
  ) {
    if (np.of) return { ...np.of, prep: np.prep };
    const holders = np.names
      .flatMap((name) => name.ids.map((id) => scene.inventory.get(id)?.attributes.attached_to))
      .filter((id): id is string => typeof id === 'string');
    if (holders.length > 0)
      return {
        ...np,
        kinds: undefined,
        kindCell: undefined,
        names: [{ cell: np.names[0]!.cell, ids: holders, exact: np.names[0]!.exact }],
      };
  }
  const counted = operation.args.some((spec) => spec.name === 'replicas') && isWord(np.kindCell, 'replicas');
  const imaged =
    operation.args.some((spec) => spec.name === 'image') &&
    operation.verb !== 'create' &&
    isWord(np.kindCell, 'imageWord');
  const sized = operation.args.some((spec) => spec.name === 'flavor') && isWord(np.kindCell, 'typeWord');
  const measured =
    /^(metrics|forecast|explain)$/.test(operation.verb) &&
    np.kindCell !== undefined &&
    !np.plural &&
    senseOf(np.kindCell, 'metric') !== undefined &&
    !np.kinds?.includes(operation.kind);
  const top =
    operation.verb === 'metrics' &&
    np.names.length === 0 &&
    np.kinds !== undefined &&
    !np.of &&
    np.superlative;
  if (top) return { ...np, quant: 'all', plural: true };
  if (!counted && !sized && !measured && !imaged) return np;
  if (np.of) return { ...np.of, prep: np.prep, mods: [...np.of.mods, ...np.mods] };
  return np.names.length > 0 || np.mods.length > 0
    ? { ...np, kinds: undefined, kindCell: undefined, plural: false }
    : np;
}

/** Flavors and images named inside the phrase were arguments; they no longer name the target. */
function stripUsed(np: Np, used: Used): Np {
  const names = np.names.filter((name) => !used.cells.has(name.cell));
  const missingCells = np.missing.filter((cell) => !used.cells.has(cell));
  const mods = np.mods.filter((mod) => !used.cells.has(mod.cell));
  return names.length === np.names.length &&
    missingCells.length === np.missing.length &&
    mods.length === np.mods.length
    ? np
    : { ...np, names, missing: missingCells, mods };
}

/** No noun phrase is left: a place alone ("list in prod"), what was spoken of, or what is selected. */
function scopedTarget({ operation, clause, scene }: FillRequest, used: Used): Target {
  if (operation.target === 'optional') {
    const place =
      operation.verb === 'list'
        ? []
        : clause.scope
            .flatMap((mod) => mod.ids ?? [])
            .filter((id) => scene.inventory.get(id)?.kind === operation.kind);
    if (place.length === 1) return { found: { ids: place, bulk: false, cost: 0 }, cost: 0 };
    if (clause.scope.length === 0 || operation.kind === 'audit' || operation.kind === 'topology')
      return { cost: 0 };
    const np: Np = {
      at: 0,
      names: [],
      missing: [],
      plural: true,
      mods: [],
      except: [],
      also: [],
      cells: clause.scope.map((mod) => mod.cell),
    };
    return {
      np,
      found: resolveNp(
        { ...np, quant: 'all', kinds: [operation.kind] },
        operation.kind,
        used.scope ? [] : clause.scope,
        scene,
        'read',
      ),
      cost: 0,
    };
  }
  if (operation.risk === 'read') {
    const ids = clause.scope
      .flatMap((mod) => mod.ids ?? [])
      .filter((id) => scene.inventory.get(id)?.kind === operation.kind);
    if (ids.length === 1) return { found: { ids, bulk: false, cost: 0 }, cost: 0 };
  }
  const selected = scene.antecedents[0];
  const said = clause.cells.some(
    (cell) =>
      cell.senses.some((sense) => sense.t === 'kind' && sense.kinds.length > 0) &&
      !isWord(cell, 'typeWord', 'imageWord', 'replicas'),
  );
  if (selected && operation.risk !== 'destroy' && !said && clause.nps.every((np) => used.nps.has(np))) {
    const np: Np = {
      at: 0,
      pronoun: 'it',
      names: [],
      missing: [],
      plural: false,
      mods: [],
      except: [],
      also: [],
      cells: [],
    };
    const found = resolveNp(np, operation.kind, [], scene, operation.risk);
    if (!found.mismatch) return { np, found, cost: selected.from === 'text' ? 0.1 : 0.3 };
  }
  return { cost: 0 };
}

function anyKinds(np: Np, scene: Scene): readonly string[] {
  if (np.kinds && np.kinds.length > 0) return np.kinds;
  const kinds = new Set(np.names.flatMap((name) => name.ids.map((id) => scene.inventory.get(id)!.kind)));
  const order = [
    'deployment',
    'statefulset',
    'daemonset',
    'vm',
    'database',
    'service',
    'pod',
    'node',
    'volume',
    'network',
    'load-balancer',
  ];
  const antecedent = np.pronoun
    ? scene.antecedents.flatMap((one) => one.ids.map((id) => scene.inventory.get(id)?.kind ?? ''))
    : [];
  const found = [...kinds, ...antecedent].sort(
    (a, b) => ((order.indexOf(a) + 99) % 99) - ((order.indexOf(b) + 99) % 99),
  );
  return found.length > 0 ? found : order;
}

/** "detach vol-data from db-1": the thing behind "from" has to be the one it is attached to. */
function checkDetach({ operation, clause, scene }: FillRequest, found: Found, used: Used): boolean {
  if (!/^(detach|unassign-ip|assign-ip)$/.test(operation.verb)) return false;
  for (const np of clause.nps) {
    if (used.nps.has(np)) continue;
    if (np.pronoun && np.prep === 'from') {
      used.nps.add(np);
      continue;
    }
    const ids = new Set(np.names.flatMap((name) => name.ids));
    const same = operation.verb === 'unassign-ip' && found.ids.some((id) => ids.has(id));
    const attached =
      same || found.ids.some((id) => ids.has(String(scene.inventory.get(id)?.attributes.attached_to)));
    const holds =
      operation.verb === 'unassign-ip' &&
      (np.kinds?.includes('floating-ip') ||
        [...ids].some((id) => found.ids.includes(String(scene.inventory.get(id)?.attributes.attached_to))));
    if (attached || holds) used.nps.add(np);
  }
  return true;
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
    const amount = sizeOf(clause, used, phrase)?.of(undefined);
    const said = head?.mods.find((mod) => typeof mod.filter?.size_gb === 'number');
    if (amount !== undefined) args.size_gb = amount;
    else if (said) args.size_gb = said.filter!.size_gb!;
  }
  if (operation.id === 'create.deployment') {
    const amount = replicasOf(clause, used, phrase)?.of(undefined);
    if (amount !== undefined) args.replicas = amount;
    if (typeof args.image === 'string' && args.image.startsWith(':')) delete args.image;
  }
  const step: DraftStep = { operation, args, evidence };
  const lacking = operation.args.find(
    (spec) => spec.required && spec.default === undefined && args[spec.name] === undefined,
  );
  const trouble: Trouble | undefined = lacking && {
    about: `args.${lacking.name}`,
    candidates: [],
    because: 'unsaid',
  };
  return priced({ steps: [step], cost: request.cost + filled.cost, trouble }, request, used);
}

/** Adds the price of what nothing explained. */
function priced(attempt: Attempt, request: FillRequest, used: Used): Attempt {
  const { operation, clause } = request;
  const read = operation.risk === 'read';
  const tail = tailStart(clause);
  let cost = attempt.cost;
  for (const np of clause.nps) {
    if (used.nps.has(np)) continue;
    const label =
      np.names.length === 0 &&
      np.mods.length === 0 &&
      operation.args.some((spec) => spec.refKind !== undefined && np.kinds?.includes(spec.refKind));
    const counted =
      isWord(np.kindCell, 'replicas', 'typeWord', 'imageWord', 'keyWord') && np.names.length === 0 && !np.of;
    const partly =
      (np.names.length > 0 && np.names.every((name) => used.cells.has(name.cell))) || label || counted;
    if (partly || np.at >= tail) cost += 0.1;
    else if (
      operation.args.some(
        (spec) =>
          spec.refKind !== undefined && np.prep !== undefined && /^(from|off|out of|off of)$/.test(np.prep),
      )
    )
      cost += 0.1;
    else cost += np.pronoun ? 0.3 : read ? 0.7 : np.prep === 'for' || np.prep === 'as' ? 0.5 : 1.2;
  }
  for (const use of clause.values) {
    if (used.values.has(use) || use.not) continue;
    const inNp = clause.nps.some((np) => np.cells.includes(use.cell));
    if (inNp || used.cells.has(use.cell)) continue;
    if (use.value.k === 'flag') cost += harmlessFlags.test(use.value.flag) ? 0 : 0.8;
    else cost += use.at >= tail ? 0.15 : read ? 0.4 : 1;
  }
  for (const cell of clause.unknown) {
    if (used.cells.has(cell)) continue;
    cost += clause.cells.indexOf(cell) >= tail ? 0.1 : read ? (isAsked(clause) ? 0.25 : 0.6) : 0.55;
  }
  for (const np of clause.nps) {
    for (const mod of np.mods) if (mod.kind === 'unknown' && !used.nps.has(np)) cost += 0.2;
    for (const cell of np.missing) if (!used.cells.has(cell) && !used.nps.has(np)) cost += 0.5;
  }
  for (const verb of clause.verbs) {
    if (used.cells.has(verb.cell) || verb.at >= tail) continue;
    if (isWord(verb.cell, 'light', 'filler', 'ask', 'need')) cost += 0.05;
    else cost += read ? 0.5 : verb.form === 'base' ? 0.8 : 0.3;
  }
  if (!read && clause.cues.has('logs') && clause.verbs.length > 0) cost += 0.6;
  if (!used.named && clause.named.length > 0) cost += 0.6;
  for (const cell of clause.quotes) if (!used.cells.has(cell)) cost += 0.6;
  if (!used.metrics && clause.metrics.length > 0 && !read) cost += 0.3;
  if (!used.times && clause.times.length > 0 && !read) cost += 0.2;
  return { ...attempt, cost };
}

/** Something in the clause asks, so that a word nobody knows is a lesser matter. */
function isAsked(clause: Clause): boolean {
  return (
    (
      [
        'ask',
        'list',
        'show',
        'question',
        'what',
        'why',
        'howMany',
        'logs',
        'when',
        'who',
        'changed',
        'depends',
        'summarize',
        'top',
      ] as const
    ).some((cue) => clause.cues.has(cue)) || clause.metrics.length > 0
  );
}

const harmlessFlags =
  /^(-o|--output|--all|-w|--wide|--now|--wait|--yes|-y|-f|--follow|--context|--profile|--grace-period|--ignore-daemonsets|--delete-emptydir-data|--delete-local-data|-c|--container|--timeout|--show-labels|--project|--os-cloud|--force|--hard|--all-namespaces|-a|--namespace|-n|--region|--no-headers|-l|--selector|--watch|--cluster)$/;

/** Where a reason begins that says nothing about what to do: "because…", "so that…", "it is…". */
function tailStart(clause: Clause): number {
  const verbAt = clause.verbs[0]?.at ?? -1;
  const firstNp = clause.nps[0]?.at ?? Number.POSITIVE_INFINITY;
  for (let at = Math.max(1, Math.min(verbAt, firstNp) + 1); at < clause.cells.length; at++) {
    const cell = clause.cells[at]!;
    if (isReason(clause, at)) return at;
    if (!isWord(cell, 'because') || cell.quoted || senseOf(cell, 'name') || senseOf(cell, 'time')) continue;
    if (at <= verbAt || at <= firstNp || clause.cells.length - at < 2) continue;
    return at;
  }
  return Number.POSITIVE_INFINITY;
}

/** ", testers are waiting for it"; "for a kernel update": a remark without anything of the inventory in it. */
function isReason(clause: Clause, at: number): boolean {
  const cell = clause.cells[at]!;
  const rest = clause.cells.slice(at + 1);
  const about = rest.some(
    (one) =>
      one.quoted ||
      senseOf(one, 'name') ||
      senseOf(one, 'value') ||
      senseOf(one, 'prefix') ||
      senseOf(one, 'env') ||
      isWord(one, 'except', 'not', 'if'),
  );
  if (about || rest.length === 0) return false;
  if (
    /^(its|it|they|that)$/.test(cell.low) &&
    !isWord(rest[0], 'need') &&
    !senseOf(rest[0], 'kind') &&
    !senseOf(rest[0], 'verb')
  )
    return rest.some((one) => one.senses.length === 0);
  if (
    isWord(cell, 'comma') &&
    /^(it|they|its|that|this|we|i)$/.test(rest[0]!.low) &&
    rest.some((one) => one.senses.length === 0)
  )
    return !rest.some((one) => senseOf(one, 'verb')?.form === 'base');
  if (isWord(cell, 'comma'))
    return (
      rest.slice(0, 4).some((one) => isWord(one, 'be', 'have')) && rest.some((one) => one.senses.length === 0)
    );
  return (
    isWord(cell, 'prep') &&
    cell.low === 'for' &&
    isWord(rest[0], 'det', 'filler', 'demonstrative') &&
    rest.some((one) => one.senses.length === 0) &&
    !rest.some((one) => senseOf(one, 'kind'))
  );
}
