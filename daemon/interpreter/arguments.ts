// Fills the arguments of an operation from what a clause says, by the type of the argument and never by its
// operation's name where the type is enough. It marks what it used; what nobody used counts against the reading.

import type { ArgumentSpec, Operation } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { type Cell, isWord, senseOf } from './cells.ts';
import type { Clause, Np, ValueUse } from './clause.ts';
import type { Scene } from './resolve.ts';
import { resolveNp } from './resolve.ts';
import type { TimeRange } from './times.ts';

/** What has been explained so far. */
export interface Used {
  readonly nps: Set<Np>;
  readonly values: Set<ValueUse>;
  readonly cells: Set<Cell>;
  named: boolean;
  metrics: boolean;
  times: boolean;
  scope: boolean;
}

export interface Filled {
  readonly args: Record<string, Json>;
  readonly evidence: { part: string; cell: Cell }[];
  cost: number;
  /** A created resource an argument refers to. */
  created?: number;
  /** Set where an argument was named but cannot be: candidates to choose from. */
  trouble?: { readonly name: string; readonly candidates: readonly Resource[] };
}

export interface FillContext {
  readonly operation: Operation;
  readonly clause: Clause;
  readonly scene: Scene;
  readonly used: Used;
  readonly phrase: string;
}

type Filler = (spec: ArgumentSpec, context: FillContext, filled: Filled) => void;

/** Fills what can be filled of all arguments but those that need the target's present value. */
export function fillArguments(context: FillContext): Filled {
  const filled: Filled = { args: {}, evidence: [], cost: 0 };
  for (const spec of context.operation.args) fillerOf(spec, context.operation)?.(spec, context, filled);
  return filled;
}

function fillerOf(spec: ArgumentSpec, operation: Operation): Filler | undefined {
  switch (spec.type) {
    case 'name':
      return fillName;
    case 'ref':
      return spec.refKind === 'flavor' ? fillFlavor : fillRef;
    case 'names':
      return fillNames;
    case 'integer':
      return spec.name === 'to_revision'
        ? fillRevision
        : spec.name === 'count'
          ? fillCount
          : spec.name === 'lines' || spec.name === 'limit' || spec.name === 'top'
            ? fillLimit
            : undefined;
    case 'port':
      return fillPort;
    case 'cidr':
      return fillCidr;
    case 'tags':
      return operation.verb === 'create' ? fillCreateTags : fillTags;
    case 'keys':
      return fillKeys;
    case 'metric':
      return fillMetric;
    case 'seconds':
      return spec.name === 'window_s'
        ? operation.verb === 'silence'
          ? fillSilence
          : fillWindow
        : fillHorizon;
    case 'text':
      return spec.name === 'image'
        ? fillImage
        : spec.name === 'region' || spec.name === 'namespace'
          ? fillPlace
          : spec.name === 'grep'
            ? fillGrep
            : spec.name === 'provider'
              ? fillProvider
              : undefined;
    case 'boolean':
      return fillFlag;
    case 'choice':
      return spec.name === 'agg' && operation.verb === 'list' ? fillCounting : undefined;
    default:
      return undefined;
  }
}

function put(filled: Filled, name: string, value: Json, cell: Cell): void {
  filled.args[name] = value;
  filled.evidence.push({ part: `args.${name}`, cell });
}

function flagValue(
  clause: Clause,
  used: Used,
  ...flags: readonly string[]
): { value: string; cell: Cell } | undefined {
  for (const use of clause.values) {
    if (use.value.k === 'flag' && flags.includes(use.value.flag)) {
      used.values.add(use);
      return { value: use.value.value, cell: use.cell };
    }
  }
  return undefined;
}

const nameShape = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,200}$/u;

const fillName: Filler = (spec, { clause, used, operation }, filled) => {
  const flag = flagValue(clause, used, '--name');
  if (flag) return put(filled, spec.name, flag.value, flag.cell);
  const named = clause.named[0];
  if (named) {
    used.named = true;
    return put(filled, spec.name, named.text, named.cell);
  }
  if (operation.verb !== 'create') {
    const as = clause.nps.find((np) => np.prep === 'as' && np.missing.length === 1);
    if (as) {
      used.nps.add(as);
      return put(filled, spec.name, as.missing[0]!.text, as.missing[0]!);
    }
    const word = clause.unknown.find((cell) => clause.cells[clause.cells.indexOf(cell) - 1]?.low === 'as');
    if (word) {
      used.cells.add(word);
      return put(filled, spec.name, word.text, word);
    }
    return;
  }
  const as = clause.cells.findIndex((cell) => cell.low === 'as' && isWord(cell, 'prep'));
  const behind = as >= 0 ? clause.cells[as + 1] : undefined;
  if (behind && nameShape.test(behind.text) && behind.words === 1 && !isWord(behind, 'det')) {
    used.cells.add(behind);
    return put(filled, spec.name, behind.text, behind);
  }
  const quoted = clause.quotes[0];
  if (quoted && nameShape.test(quoted.text)) {
    used.cells.add(quoted);
    return put(filled, spec.name, quoted.text, quoted);
  }
  const missing = clause.nps.flatMap((np) => np.missing).find((cell) => !/^\d/.test(cell.low));
  if (missing) {
    used.cells.add(missing);
    return put(filled, spec.name, missing.text, missing);
  }
  const kindCell = clause.nps.find((np) => np.kinds?.includes(operation.kind))?.kindCell;
  const after = kindCell && clause.cells[clause.cells.indexOf(kindCell) + 1];
  if (
    after &&
    !after.quoted &&
    nameShape.test(after.text) &&
    (clause.unknown.includes(after) ||
      (after.words === 1 &&
        (senseOf(after, 'env') ??
          senseOf(after, 'name') ??
          senseOf(after, 'part') ??
          senseOf(after, 'kind')) &&
        !isWord(after, 'prep')))
  ) {
    used.cells.add(after);
    put(filled, spec.name, after.text, after);
  }
};

/** Names of resources of a kind anywhere in the clause, with the noun phrase that holds them. */
function refsIn(
  clause: Clause,
  kind: string,
  scene: Scene,
): readonly { np: Np; ids: readonly string[]; cell: Cell }[] {
  const found: { np: Np; ids: readonly string[]; cell: Cell }[] = [];
  for (const np of clause.nps.flatMap((one) => [one, ...one.also]))
    for (const name of np.names) {
      const ids = name.ids.filter((id) => scene.inventory.get(id)?.kind === kind);
      if (ids.length > 0) found.push({ np, ids, cell: name.cell });
    }
  return found;
}

const fillFlavor: Filler = (spec, { clause, used, scene, operation }, filled) => {
  const flag = flagValue(clause, used, '--flavor', '--instance-type');
  if (flag) return put(filled, spec.name, flag.value, flag.cell);
  const refs = refsIn(clause, 'flavor', scene).filter(
    ({ np }) => np.prep !== 'from' || operation.verb === 'create',
  );
  const ref = refs.find(({ np }) => np.prep === 'to') ?? refs.at(-1);
  if (ref) {
    if (operation.verb !== 'create' || ref.np.kinds === undefined) used.nps.add(ref.np);
    for (const other of operation.verb === 'create' ? refs : [ref]) used.cells.add(other.cell);
    return put(filled, spec.name, scene.inventory.get(ref.ids[0]!)!.name, ref.cell);
  }
  for (const np of clause.nps) {
    const cell = [...np.mods.map((mod) => mod.cell), ...np.missing].find((one) =>
      scene.inventory.fieldsOf(one.low).includes('flavor'),
    );
    if (!cell) continue;
    used.nps.add(np);
    return put(filled, spec.name, cell.text, cell);
  }
};

const fillRef: Filler = (spec, { clause, used, scene, operation }, filled) => {
  const kind = spec.refKind ?? '';
  const preps = spec.words?.filter((word) => !word.includes(' ')) ?? [];
  const direct = clause.nps.find((np) => np.kinds?.includes(operation.kind) || np === clause.nps[0]);
  if (operation.verb === 'create' && kind === 'network') {
    const place = [
      ...clause.scope,
      ...clause.nps.flatMap((np) => [np, ...np.also]).flatMap((np) => np.mods),
    ].find((mod) => mod.ids?.some((id) => scene.inventory.get(id)?.kind === kind));
    if (place)
      return put(
        filled,
        spec.name,
        scene.inventory.get(place.ids!.find((id) => scene.inventory.get(id)?.kind === kind)!)!.name,
        place.cell,
      );
  }
  const candidates = clause.nps
    .flatMap((np) => (np === direct ? [np, ...np.also] : [np, ...np.also]))
    .filter((np) => !used.nps.has(np))
    .map((np) => ({
      np,
      refs: np.names.filter((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === kind)),
    }));
  const named = candidates.filter(
    ({ refs, np }) => refs.length > 0 && !(np.prep === 'from' && spec.name === 'to'),
  );
  const best = named.find(({ np }) => np.prep !== undefined && preps.includes(np.prep)) ?? named[0];
  if (best) {
    if (operation.verb === 'create' || kind === 'flavor' || kind === 'image') {
      const name = best.refs[0]!;
      if (operation.verb !== 'create' || best.np.kinds === undefined || best.np.kinds.includes(kind))
        used.nps.add(best.np);
      used.cells.add(name.cell);
      return put(
        filled,
        spec.name,
        scene.inventory.get(name.ids.find((id) => scene.inventory.get(id)?.kind === kind)!)!.name,
        name.cell,
      );
    }
    return linkRef(spec, best.np, { clause, used, scene }, filled);
  }
  const spokenIp =
    kind === 'floating-ip'
      ? scene.antecedents.flatMap((one) => one.ids).find((id) => scene.inventory.get(id)?.kind === kind)
      : undefined;
  const it = candidates.find(
    ({ np }) => np.pronoun !== undefined && np.prep === undefined && np.names.length === 0,
  );
  if (it && spokenIp && candidates.some(({ np }) => np !== it.np && np.names.length > 0)) {
    used.nps.add(it.np);
    return put(filled, spec.name, spokenIp, it.np.cells[0]!);
  }
  const described = candidates.find(
    ({ np }) =>
      np.kinds?.includes(kind) ||
      (np.pronoun !== undefined && np.prep !== undefined && preps.includes(np.prep)) ||
      (np.prep !== undefined &&
        preps.includes(np.prep) &&
        spec.required &&
        operation.verb !== 'create' &&
        (np.missing.length > 0 || np.mods.length > 0)),
  );
  if (!described || operation.verb === 'create') return;
  if (
    kind === 'floating-ip' &&
    described.np.names.length === 0 &&
    described.np.mods.every((mod) => mod.kind === 'status' || mod.kind === 'unknown' || mod.kind === 'word')
  ) {
    const antecedent = scene.antecedents.find(
      (one) => one.created?.kind === kind || one.ids.some((id) => scene.inventory.get(id)?.kind === kind),
    );
    used.nps.add(described.np);
    if (
      described.np.det === 'indefinite' ||
      described.np.mods.some((mod) => mod.kind === 'status') ||
      described.np.quant === 'any'
    )
      return put(filled, spec.name, 'any', described.np.kindCell!);
    if (antecedent?.created) {
      filled.created = antecedent.created.step;
      return put(filled, spec.name, `$${antecedent.created.step + 1}`, described.np.kindCell!);
    }
    const id = antecedent?.ids.find((one) => scene.inventory.get(one)?.kind === kind);
    return put(filled, spec.name, id ?? 'any', described.np.kindCell!);
  }
  linkRef(spec, described.np, { clause, used, scene }, filled);
};

function linkRef(
  spec: ArgumentSpec,
  np: Np,
  { clause, used, scene }: Pick<FillContext, 'clause' | 'used' | 'scene'>,
  filled: Filled,
): void {
  const found = resolveNp({ ...np, also: [] }, spec.refKind ?? '', clause.scope, scene, 'change');
  used.nps.add(np);
  const cell = np.names[0]?.cell ?? np.kindCell ?? np.cells[0]!;
  filled.cost += found.mismatch ? 1.5 : found.cost;
  if (found.created !== undefined) {
    filled.created = found.created;
    put(filled, spec.name, `$${found.created + 1}`, cell);
    return;
  }
  if (found.trouble || found.ids.length !== 1) {
    filled.trouble = {
      name: spec.name,
      candidates: found.trouble?.candidates ?? found.ids.map((id) => scene.inventory.get(id)!),
    };
    return;
  }
  put(filled, spec.name, found.ids[0]!, cell);
}

const fillNames: Filler = (spec, { clause, used, scene }, filled) => {
  const refs = refsIn(clause, spec.refKind ?? '', scene);
  if (refs.length === 0) return;
  for (const { np, cell } of refs) {
    if (!np.kinds || np.kinds.includes(spec.refKind ?? '')) used.nps.add(np);
    used.cells.add(cell);
  }
  put(
    filled,
    spec.name,
    refs.map(({ ids }) => scene.inventory.get(ids[0]!)!.name),
    refs[0]!.cell,
  );
};

const fillCount: Filler = (spec, { clause, used, operation }, filled) => {
  const np = clause.nps.find((one) => one.kinds?.includes(operation.kind) && one.count !== undefined);
  if (np) return put(filled, spec.name, np.count!, np.cells[0]!);
  const flag = flagValue(clause, used, '--count');
  if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  const times = clause.values.find(
    (use) =>
      !used.values.has(use) &&
      (use.value.k === 'times' ||
        (use.value.k === 'number' && Number.isInteger(use.value.n) && use.at < (clause.nps[0]?.at ?? 0) + 1)),
  );
  if (!times || (times.value.k !== 'times' && times.value.k !== 'number')) return;
  used.values.add(times);
  put(filled, spec.name, times.value.n, times.cell);
};

const fillRevision: Filler = (spec, { clause, used }, filled) => {
  const flag = flagValue(clause, used, '--to-revision');
  if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  const use = clause.values.find(
    (one) => one.value.k === 'number' && !one.not && (one.label === 'revision' || one.prep === 'to'),
  );
  if (use?.value.k !== 'number') return;
  used.values.add(use);
  put(filled, spec.name, use.value.n, use.cell);
};

const fillLimit: Filler = (spec, { clause, used, operation }, filled) => {
  if (spec.name === 'lines') {
    const flag = flagValue(clause, used, '--tail');
    if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  }
  const np = clause.nps.find((one) => one.count !== undefined);
  if (
    np &&
    spec.name !== 'lines' &&
    (spec.name === 'limit' || np.superlative || clause.cues.has('top') || clause.cues.has('least'))
  )
    return put(filled, spec.name, np.count!, np.cells[0]!);
  const wants = spec.name === 'top' ? clause.cues.has('top') || clause.cues.has('least') : true;
  const use = clause.values.find(
    (one) => one.value.k === 'number' && !used.values.has(one) && one.label === undefined,
  );
  if (use && wants && use.value.k === 'number') {
    used.values.add(use);
    return put(filled, spec.name, use.value.n, use.cell);
  }
  if (
    spec.name === 'top' &&
    operation.verb === 'metrics' &&
    (clause.cues.has('top') || clause.cues.has('least')) &&
    superlative(clause)
  ) {
    const cell = (clause.cues.get('top') ?? clause.cues.get('least'))!;
    if (!clause.nps.some((one) => one.plural) || /busiest|hottest|highest/.test(cell.low))
      put(filled, spec.name, 1, cell);
  }
};

function superlative(clause: Clause): boolean {
  const cell = clause.cues.get('top') ?? clause.cues.get('least');
  return cell !== undefined && /est$|most|top|max|worst|least|hog|peak|eating|consum|uses?$/.test(cell.low);
}

const fillPort: Filler = (spec, { clause, used }, filled) => {
  const open = clause.values.filter((use) => !used.values.has(use));
  const sure = open.find((use) => use.value.k === 'port' && use.value.sure);
  const number =
    open.find((use) => use.value.k === 'number' && (use.label === 'port' || use.label === 'protocol')) ??
    open.find((use) => use.value.k === 'number' && Number.isInteger(use.value.n));
  const known = open.find((use) => use.value.k === 'port');
  const use = sure ?? number ?? known;
  if (!use) return;
  for (const other of open) if (other.value.k === 'port' || other === use) used.values.add(other);
  if (use.value.k === 'port') {
    put(filled, spec.name, use.value.port, use.cell);
    if (use.value.protocol) put(filled, 'protocol', use.value.protocol, use.cell);
  } else if (use.value.k === 'number') put(filled, spec.name, use.value.n, use.cell);
  const protocol = clause.cells.find((cell) => /^(tcp|udp|icmp)$/.test(cell.low));
  if (protocol && filled.args.protocol === undefined) put(filled, 'protocol', protocol.low, protocol);
};

const fillCidr: Filler = (spec, { clause, used }, filled) => {
  const use = clause.values.find((one) => one.value.k === 'cidr');
  if (use?.value.k === 'cidr') {
    used.values.add(use);
    return put(filled, spec.name, use.value.cidr, use.cell);
  }
  const anyone = clause.cues.get('anyone');
  if (anyone && spec.required !== true && anyone.low !== 'all' && anyone.low !== 'outside')
    put(filled, spec.name, '0.0.0.0/0', anyone);
};

const fillTags: Filler = (spec, context, filled) => {
  const { clause, used } = context;
  const tags: Record<string, string> = {};
  let cell: Cell | undefined;
  for (const use of clause.values) {
    if (use.value.k !== 'tags') continue;
    Object.assign(tags, use.value.tags);
    used.values.add(use);
    cell ??= use.cell;
  }
  if (!cell) {
    const pair = pairOf(clause, context);
    if (!pair) return;
    Object.assign(tags, { [pair.key.text]: pair.value.text });
    for (const one of [pair.key, pair.value]) used.cells.add(one);
    for (const np of clause.nps)
      if (np.at > 0 && np.cells.some((one) => one === pair.value || one === pair.key)) used.nps.add(np);
    cell = pair.key;
  }
  put(filled, spec.name, tags, cell);
};

/** "with owner maria", "set owner to maria": a key and a value without a sign between them. */
function pairOf(clause: Clause, { scene }: FillContext): { key: Cell; value: Cell } | undefined {
  const { cells } = clause;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const known =
      scene.inventory.isTagKey(cell.low) ||
      /^(owner|env|environment|team|role|tier|app|project|cost-center|state|priority)$/.test(cell.low);
    const introduced =
      isWord(cells[at - 1], 'prep', 'tagged', 'imageWord', 'colon') ||
      senseOf(cells[at - 1], 'verb') !== undefined ||
      cells[at - 1]?.low === 'tag' ||
      cells[at - 1]?.low === 'label';
    if (!known && !(introduced && cell.senses.length === 0)) continue;
    let next = at + 1;
    while (isWord(cells[next], 'be', 'colon') || /^(to|as|=|equals)$/.test(cells[next]?.low ?? '')) next++;
    const value = cells[next];
    if (
      !value ||
      isWord(value, 'and', 'comma', 'of', 'det') ||
      (isWord(value, 'prep') && !known) ||
      /^(on|for|to|from)$/.test(value.low)
    )
      continue;
    if (senseOf(value, 'kind') && senseOf(value, 'kind')!.kinds.length > 0 && next === at + 1 && !known)
      continue;
    return { key: cell, value };
  }
  return undefined;
}

const fillCreateTags: Filler = (spec, { clause, used }, filled) => {
  const tags: Record<string, string> = {};
  let cell: Cell | undefined;
  for (const use of clause.values) {
    if (use.value.k !== 'tags') continue;
    Object.assign(tags, use.value.tags);
    used.values.add(use);
    cell ??= use.cell;
  }
  for (const mod of clause.nps.flatMap((np) => np.mods)) {
    if (mod.kind !== 'tags') continue;
    Object.assign(tags, mod.tags);
    cell ??= mod.cell;
  }
  if (cell) put(filled, spec.name, tags, cell);
};

const fillKeys: Filler = (spec, { clause, used, scene }, filled) => {
  const keys: string[] = [];
  let first: Cell | undefined;
  for (const cell of clause.cells) {
    const bare = cell.text.replace(/-$/, '');
    const pair = senseOf(cell, 'value')?.value;
    const key = pair?.k === 'tags' ? Object.keys(pair.tags)[0]! : bare;
    const byName = scene.inventory.isTagKey(key.toLowerCase()) && !senseOf(cell, 'name');
    const at = clause.cells.indexOf(cell);
    const tagWord = (one: Cell | undefined): boolean =>
      /^(tags?|labels?)$/.test(one?.low ?? '') ||
      (senseOf(one, 'verb')?.phrase.match(/tag|label/) ?? null) !== null;
    const beside =
      (tagWord(clause.cells[at + 1]) && senseOf(clause.cells[at + 1], 'verb')?.phrase !== 'untag') ||
      (tagWord(clause.cells[at - 1]) && (cell.senses.length === 0 || cell.quoted));
    if (
      !byName &&
      pair?.k !== 'tags' &&
      !(
        beside &&
        (cell.senses.length === 0 || cell.quoted || (senseOf(cell, 'part') && !senseOf(cell, 'name'))) &&
        !isWord(cell, 'det', 'prep')
      )
    )
      continue;
    keys.push(key);
    used.cells.add(cell);
    for (const one of clause.cells) if (tagWord(one)) used.cells.add(one);
    for (const use of clause.values) if (use.cell === cell) used.values.add(use);
    first ??= cell;
  }
  if (first) put(filled, spec.name, [...new Set(keys)], first);
};

const fillMetric: Filler = (spec, { clause, used }, filled) => {
  const metric = clause.metrics[0];
  used.metrics = true;
  if (metric) return put(filled, spec.name, metric.metric, metric.cell);
  for (const np of clause.nps) {
    const noun = np.kindCell && senseOf(np.kindCell, 'metric');
    if (!noun) continue;
    return put(filled, spec.name, noun.metric, np.kindCell!);
  }
  for (const cell of clause.cells) {
    const sense = senseOf(cell, 'metric');
    if (sense && !senseOf(cell, 'name')) return put(filled, spec.name, sense.metric, cell);
  }
};

const fillWindow: Filler = (_spec, { clause, used, scene }, filled) => {
  used.times = true;
  const since = flagValue(clause, used, '--since');
  const time = clause.times[0];
  const duration = clause.values.find((use) => use.value.k === 'duration');
  if (since) {
    const match = /^(\d+)([smhd])$/.exec(since.value);
    if (match)
      return put(
        filled,
        'window_s',
        Number(match[1]) * { s: 1, m: 60, h: 3_600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'],
        since.cell,
      );
  }
  if (time) return putRange(time.range, time.cell, filled, scene.nowMs);
  if (duration?.value.k === 'duration') {
    used.values.add(duration);
    put(filled, 'window_s', duration.value.seconds, duration.cell);
  }
  for (const np of clause.nps)
    for (const mod of np.mods)
      if (mod.kind === 'created') putRange(mod.range!, mod.cell, filled, scene.nowMs);
};

export function putRange(range: TimeRange, cell: Cell, filled: Filled, nowMs: number): void {
  if (range.windowS !== undefined) {
    put(filled, 'window_s', range.windowS, cell);
    return;
  }
  if (range.fromMs !== undefined) put(filled, 'from', new Date(range.fromMs).toISOString(), cell);
  if (range.toMs !== undefined && range.toMs !== nowMs)
    put(filled, 'to', new Date(range.toMs).toISOString(), cell);
}

const fillSilence: Filler = (spec, { clause, used, scene }, filled) => {
  used.times = true;
  const use = clause.values.find((one) => one.value.k === 'duration');
  if (use?.value.k === 'duration') {
    used.values.add(use);
    return put(filled, spec.name, use.value.seconds, use.cell);
  }
  const time = clause.times[0];
  if (!time) return;
  const { windowS, horizonS, toMs } = time.range;
  const seconds = windowS ?? horizonS ?? (toMs === undefined ? undefined : (toMs - scene.nowMs) / 1000);
  if (seconds !== undefined && seconds > 0) put(filled, spec.name, Math.round(seconds), time.cell);
};

const fillHorizon: Filler = (spec, { clause, used }, filled) => {
  used.times = true;
  const time = clause.times[0];
  if (time?.range.horizonS !== undefined)
    return put(filled, spec.name, Math.round(time.range.horizonS), time.cell);
  if (time?.range.windowS !== undefined) return put(filled, spec.name, time.range.windowS, time.cell);
  const use = clause.values.find((one) => one.value.k === 'duration');
  if (use?.value.k !== 'duration') return;
  used.values.add(use);
  put(filled, spec.name, use.value.seconds, use.cell);
};

const fillImage: Filler = (spec, { clause, used, scene }, filled) => {
  const flag = flagValue(clause, used, '--image');
  if (flag) return put(filled, spec.name, flag.value, flag.cell);
  const use = clause.values.find((one) => one.value.k === 'image');
  if (use?.value.k === 'image') {
    used.values.add(use);
    return put(filled, spec.name, use.value.image, use.cell);
  }
  const tags = clause.values.find(
    (one) => one.value.k === 'tags' && Object.values(one.value.tags)[0]?.includes(':'),
  );
  if (tags?.value.k === 'tags') {
    used.values.add(tags);
    return put(filled, spec.name, Object.values(tags.value.tags)[0]!, tags.cell);
  }
  const version = clause.cells.find(
    (cell) =>
      /^v?\d+(\.\d+)+[\w.-]*$/.test(cell.low) && !senseOf(cell, 'name') && clause.cells.indexOf(cell) > 0,
  );
  if (version) {
    used.cells.add(version);
    for (const one of clause.values) if (one.cell === version) used.values.add(one);
    return put(filled, spec.name, `:${version.text}`, version);
  }
  const after = clause.cells.findIndex((cell) => isWord(cell, 'imageWord') && cell.low.includes('image'));
  const word = clause.cells
    .slice(after + 1)
    .find((cell) => clause.unknown.includes(cell) || clause.nps.some((np) => np.missing.includes(cell)));
  if (after >= 0 && word) {
    used.cells.add(word);
    return put(filled, spec.name, word.text, word);
  }
  const ref = refsIn(clause, 'image', scene)[0];
  if (!ref) return;
  used.nps.add(ref.np);
  put(filled, spec.name, scene.inventory.get(ref.ids[0]!)!.name, ref.cell);
};

const fillPlace: Filler = (spec, { clause, used, scene }, filled) => {
  const mods = [
    ...clause.scope,
    ...clause.nps.flatMap((np) => np.mods.filter((mod) => mod.post || spec.name === 'region')),
  ];
  const mod = mods.find(
    (one) =>
      !one.not &&
      (spec.name === 'region' ? one.kind === 'region' : one.kind === 'env' || one.kind === 'place'),
  );
  if (mod) {
    used.scope = true;
    const place = mod.ids?.map((id) => scene.inventory.get(id)).find((one) => one?.kind === spec.name);
    const values = mod.values ?? [];
    const known = spec.name === 'region' ? values.find((value) => scene.inventory.isPart(value)) : undefined;
    const spaced = senseOf(mod.cell, 'name') ? mod.cell.low : undefined;
    return put(filled, spec.name, place?.name ?? known ?? spaced ?? mod.word ?? values[0]!, mod.cell);
  }
  if (spec.name !== 'namespace') return;
  const it = clause.nps.find(
    (np) =>
      np.prep !== undefined &&
      /^(in|into|inside|within)$/.test(np.prep) &&
      (np.pronoun !== undefined || np.kinds?.includes('namespace')),
  );
  const created = scene.antecedents.find((one) => one.created?.kind === 'namespace')?.created;
  if (it && created) {
    used.nps.add(it);
    filled.created = created.step;
    put(filled, spec.name, created.name, it.cells[0]!);
  }
};

const fillGrep: Filler = (spec, { clause, used }, filled) => {
  const at = clause.cells.findIndex((cell) => isWord(cell, 'grep') && !senseOf(cell, 'name'));
  if (at < 0) return;
  const word = clause.cells.slice(at + 1).find((cell) => !isWord(cell, 'det', 'filler', 'colon'));
  if (!word || isWord(word, 'prep')) return;
  used.cells.add(word);
  used.metrics = true;
  put(filled, spec.name, word.text, word);
};

const fillProvider: Filler = (spec, { clause }, filled) => {
  for (const cell of clause.cells) {
    const provider = senseOf(cell, 'provider');
    if (provider) return put(filled, spec.name, provider.value, cell);
  }
};

const fillCounting: Filler = (spec, { clause }, filled) => {
  const cell = clause.cues.get('howMany');
  if (cell) put(filled, spec.name, 'count', cell);
};

const fillFlag: Filler = (spec, { clause, used }, filled) => {
  if (spec.name === 'previous') {
    const flag = flagValue(clause, used, '--previous', '-p');
    const cell = flag?.cell ?? clause.cells.find((one) => one.low === 'previous' || one.low === 'crashed');
    if (cell) put(filled, spec.name, true, cell);
    return;
  }
  const hard = clause.cues.get('hard');
  if (hard) put(filled, spec.name, true, hard);
};
