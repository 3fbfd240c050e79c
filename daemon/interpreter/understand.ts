// Reads the clauses of a sentence one after the other: what an earlier one spoke of or creates is what a later one
// means by "it". Each clause gets its attempts; the cheapest that is sure enough is taken.

import type { Attempt } from './filling/attempt.ts';
import { attemptsOf, type Read, readClause, type Tools } from './filling/readClause.ts';
import { sharedTimes } from './filling/sharedTimes.ts';
import { resolveNp } from './linking/resolve.ts';
import { restrict } from './linking/restrict.ts';
import type { Antecedent, Scene } from './linking/scene.ts';
import type { Clause, Np } from './phrases/clause.ts';
import { parseClause } from './phrases/parse.ts';
import { bothNamed, elsewhere, figureOfChanged, ofSpoken, placedThere, samePort } from './steps/carried.ts';
import { reattached } from './steps/putBack.ts';
import { type Segment, splitClauses } from './steps/split.ts';
import { nothingDropped, sparedBy, withoutComments } from './told/talk.ts';
import { type Cell, isWord, senseOf } from './words/cells.ts';

/** Reads all clauses in the order of the text. */
export function understand(cells: readonly Cell[], base: Scene, tools: Tools): readonly Read[] {
  return readSegments(splitClauses(cells), base, tools);
}

/** Reads what was cut into steps before; each hangs on the one before it as it was said. */
export function understandParts(
  parts: readonly { readonly cells: readonly Cell[]; readonly link: Clause['link'] }[],
  base: Scene,
  tools: Tools,
): readonly Read[] {
  const segments = parts.flatMap(({ cells, link }) =>
    splitClauses(cells).map((segment, at) => (at === 0 ? { ...segment, link } : segment)),
  );
  return readSegments(segments, base, tools);
}

function readSegments(given: readonly Segment[], base: Scene, tools: Tools): readonly Read[] {
  const reads: Read[] = [];
  let antecedents = base.antecedents;
  let steps = 0;
  let scope: Clause['scope'] = [];
  let isLastMoved = false;
  const segments = given.map((segment) => ({
    remark: segment.remark,
    parsed: parseClause(segment.cells, segment.link, {
      lexicon: tools.lexicon,
      kindOf: (id) => tools.inventory.get(id)?.kind,
    }),
  }));
  const isWide = (np: Np): boolean =>
    np.quant !== undefined || np.plural || np.pronoun === 'them' || np.also.some(isWide);
  const spared = segments.flatMap(({ parsed }) => sparedBy(parsed));
  const isSpared = segments.some(({ parsed }) => parsed.verbs.length > 0 && parsed.nps.some(isWide));
  for (const [index, { parsed: said, remark }] of segments.entries()) {
    const scene = { ...base, antecedents };
    const parsed = withObjectOf(said, segments[index + 1]?.parsed);
    const moved = remark ? undefined : elsewhere(parsed, reads, scene, tools);
    const told = placedThere(figureOfChanged(ofSpoken(parsed, scene), scene), reads);
    const asked = bothNamed(told, scene);
    const clause: Clause = scope.length > 0 ? { ...asked, scope: [...scope, ...asked.scope] } : asked;
    isLastMoved = moved !== undefined;
    if (!moved && isScopeOnly(parsed)) {
      scope = parsed.scope;
      continue;
    }
    if (remark || sparedBy(parsed).length > 0) {
      reads.push({ clause: parsed, attempts: [], ...(remark || isSpared ? { idle: 'comment' } : {}) });
      antecedents = [...placesTold(parsed, base), ...antecedents];
      continue;
    }
    for (const np of clause.nps) if (isWide(np)) np.except.push(...spared);
    const own = moved ?? samePort(readClause(clause, scene, tools, reads), reads, scene, tools);
    const plain = said === segments.at(-1)?.parsed ? (thenDeleted(own, reads, scene, tools) ?? own) : own;
    const back = reattached(clause, reads, tools);
    const read = back ? { clause, attempts: [back, ...plain.attempts] } : plain;
    reads.push(read);
    const best = read.idle ? undefined : read.attempts[0];
    const sets = best && !best.trouble ? [] : toldSets(clause, base);
    antecedents = [
      ...doubtfulIn(best, clause, base),
      ...spokenOf(best, clause, steps, scene),
      ...sets,
      ...antecedents,
    ];
    steps += best?.steps.length ?? 0;
  }
  const last = segments.at(-1)?.parsed;
  const lost =
    last &&
    reads.length > 0 &&
    !isLastMoved &&
    isScopeOnly(last) &&
    reads.at(-1)?.clause.cells !== last.cells;
  const placed = sharedPlaces(sharedTargets(reads, base, tools), base, tools);
  const told = nothingDropped(withoutComments(sharedTimes(placed), base, tools), tools);
  // "restart loki. in staging": a place behind everything bounds it, or means another.
  return lost ? [...told, { clause: last, attempts: [] }] : told;
}

/** "start a, then stop and delete b": two verbs side by side have one object, which is not what was spoken of before. */
function withObjectOf(clause: Clause, next: Clause | undefined): Clause {
  const [first, last] = [next?.cells[0], clause.cells.at(-1)];
  const isBeside = next?.link === 'and' && first && last && first.start - last.end <= ' and '.length;
  const isShared =
    isBeside &&
    isMereVerb(clause) &&
    next.verbs[0]?.form === 'base' &&
    next.nps.some((np) => np.names.length > 0);
  return isShared ? { ...clause, nps: next.nps, scope: [...clause.scope, ...next.scope] } : clause;
}

/** "cordon, drain and delete worker-4": the thing is named once, behind the last verb. */
function sharedTargets(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const result = [...reads];
  for (let at = result.length - 2; at >= 0; at--) {
    const read = result[at]!;
    const next = result[at + 1]!;
    const lacking = isMereVerb(read.clause) && read.attempts[0]?.trouble?.because === 'unsaid';
    const isJoined = next.clause.link === 'and' || next.clause.link === 'then';
    if (!lacking || !isJoined || next.clause.nps.length === 0 || next.attempts[0]?.trouble) continue;
    const clause: Clause = {
      ...read.clause,
      nps: next.clause.nps,
      scope: [...read.clause.scope, ...next.clause.scope],
    };
    const attempts = attemptsOf(clause, base, tools);
    if (attempts[0] && !attempts[0].trouble) result[at] = { clause, attempts };
  }
  return result;
}

/** "scale checkout to 6 and cart to 5 in prod": the place behind the last figure is that of all. */
function sharedPlaces(reads: readonly Read[], base: Scene, tools: Tools): readonly Read[] {
  const placesOf = ({ clause, idle, attempts }: Read): Clause['scope'] => {
    const [figure] = clause.values;
    const places = clause.scope.filter((mod) => /^(env|place)$/.test(mod.kind) && !mod.not);
    const isBehind = figure !== undefined && places.some((mod) => mod.cell.start > figure.cell.end);
    return !idle && isBehind && places.length === 1 && !attempts[0]?.trouble ? places : [];
  };
  const last = reads.findLastIndex((read) => placesOf(read).length > 0);
  if (last < 1) return reads;
  const places = placesOf(reads[last]!);
  return reads.map((read, at) => {
    const best = read.attempts[0];
    const isOpen = best?.trouble?.because === 'ambiguous' && best.trouble.about === 'target';
    const isPlaced = read.clause.scope.length + read.clause.nps.flatMap((np) => np.mods).length > 0;
    const isJoined = at < last && reads.slice(at + 1, last + 1).every(({ clause }) => clause.link === 'and');
    if (read.idle || !isOpen || isPlaced || !isJoined || read.clause.values.length !== 1) return read;
    const clause: Clause = { ...read.clause, scope: places };
    const attempts = attemptsOf(clause, base, tools);
    const isChange = attempts[0]?.steps.every(({ operation }) => operation.risk === 'change');
    return attempts[0] && !attempts[0].trouble && isChange ? { clause, attempts } : read;
  });
}

const beforeDelete = /^(snapshot|stop|detach|drain|cordon|suspend|scale)$/;

/** "snapshot it, then delete": what was made ready for it by the step before, and nothing else was spoken of. */
function thenDeleted(read: Read, before: readonly Read[], scene: Scene, tools: Tools): Read | undefined {
  const { clause, attempts } = read;
  const isOpen =
    attempts[0]?.trouble?.because === 'unsaid' && isMereVerb(clause) && clause.verbs.length === 1;
  const isDelete = attempts.some(({ steps, trouble }) => trouble && steps.length === 0);
  const previous = before.at(-1);
  const best = previous?.idle ? undefined : previous?.attempts[0];
  if (!isOpen || !isDelete || !best || best.trouble || !/^(and|then)$/.test(clause.link)) return undefined;
  const ids = [...new Set(best.steps.flatMap((step) => step.ids ?? []))];
  const kinds = new Set(best.steps.map(({ operation }) => operation.kind));
  const isReady = best.steps.every(({ operation }) => beforeDelete.test(operation.verb));
  // "stop all vms, delete": a set without a bound is not taken along to what destroys it.
  const isBounded =
    ids.length === 1 ||
    previous!.clause.nps.some((np) => np.names.length > 0 || np.mods.length > 0 || np.pronoun !== undefined);
  if (!isReady || !isBounded || kinds.size !== 1 || ids.length === 0 || clause.verbs[0]!.form !== 'base')
    return undefined;
  const { cell } = clause.verbs[0]!;
  const pronoun = ids.length > 1 ? 'them' : 'it';
  const it: Np = {
    at: 0,
    pronoun,
    names: [],
    missing: [],
    plural: ids.length > 1,
    mods: [],
    except: [],
    also: [],
    cells: [cell],
  };
  const joined: Clause = { ...clause, nps: [it] };
  const found = attemptsOf(joined, { ...scene, antecedents: [{ ids, from: 'text' }] }, tools);
  const isMeant =
    found[0]?.trouble === undefined && found[0]?.steps.every(({ operation }) => operation.verb === 'delete');
  return isMeant ? { clause: joined, attempts: found } : undefined;
}

/** A verb, a port and courtesy: "freeze is over - start web-1" and "Backup onboarding: tag web-1" order one thing. */
function isMereVerb({ cells, verbs, nps }: Clause): boolean {
  return (
    nps.length === 0 &&
    verbs.length > 0 &&
    cells.every(
      (cell) =>
        verbs.some((verb) => verb.cell === cell) ||
        (!cell.quoted &&
          !isWord(cell, 'be', 'have') &&
          (isWord(cell, 'filler', 'comma', 'and', 'first', 'port', 'protocol') ||
            /^(port|number)$/.test(senseOf(cell, 'value')?.value.k ?? ''))),
    )
  );
}

/** "In staging, …": a place said before anything else holds for all that follows. */
function isScopeOnly(clause: Clause): boolean {
  return (
    clause.scope.length > 0 &&
    clause.verbs.length + clause.nps.length + clause.values.length + clause.metrics.length === 0 &&
    clause.unknown.length === 0 &&
    !clause.cues.has('question')
  );
}

/** "frontend is slow, restart it": a question may take the one in prod, a change may not. */
function doubtfulIn(best: Attempt | undefined, clause: Clause, scene: Scene): readonly Antecedent[] {
  const step = best?.steps[0];
  if (step?.operation.risk !== 'read' || step.ids?.length !== 1) return [];
  const names = clause.nps.flatMap((np) => np.names.map((name) => ({ np, name })));
  const named = names.find(({ name }) => name.ids.includes(step.ids![0]!));
  if (!named) return [];
  const kind = step.operation.kind;
  const alike = named.name.ids.map((id) => scene.inventory.get(id)!).filter((one) => one.kind === kind);
  const mods = [...named.np.mods, ...clause.scope];
  const exactly = restrict(alike, mods, kind, scene, false).resources;
  // "web keeps crashing. restart it": the one that was looked at does not, so what is said of it chooses none.
  const placed = mods.filter((mod) => mod.kind !== 'status');
  const isSeen = exactly.some(({ id }) => id === step.ids![0]);
  const fitting = isSeen ? exactly : restrict(alike, placed, kind, scene, false).resources;
  return fitting.length > 1 ? [{ ids: fitting.map((one) => one.id), from: 'text', doubtful: true }] : [];
}

/** "users report slow answers from worker-1": where it is said to be, which "that node" may mean. */
function placesTold({ nps }: Clause, { inventory }: Scene): readonly Antecedent[] {
  const ids = nps
    .filter((np) => !np.negated)
    .flatMap((np) => np.names.flatMap((name) => name.ids))
    .filter((id) => /^(node|host)$/.test(inventory.get(id)?.kind ?? ''));
  return ids.length === 1 ? [{ ids, from: 'text' }] : [];
}

/** "the nodes in eu-c get new disks": a bounded set that is only spoken of, which "them" may mean. */
function toldSets(clause: Clause, scene: Scene): readonly Antecedent[] {
  const [np] = clause.nps;
  const kind = np?.kinds?.[0];
  const isBounded = np?.plural && np.mods.length > 0 && !np.negated && np.prep === undefined;
  if (!np || kind === undefined || !isBounded || clause.negated) return [];
  const found = resolveNp(np, kind, clause.scope, scene, 'change');
  return found.trouble || found.ids.length === 0 ? [] : [{ ids: found.ids, from: 'text' }];
}

/** What later clauses may call "it". */
function spokenOf(
  best: Attempt | undefined,
  clause: Clause,
  steps: number,
  scene: Scene,
): readonly Antecedent[] {
  const spoken: Antecedent[] = [];
  best?.steps.forEach((step, index) => {
    if (step.operation.verb === 'create') {
      spoken.push({
        ids: [],
        created: { step: steps + index, kind: step.operation.kind, name: String(step.args.name ?? '') },
        from: 'text',
      });
    } else if (step.created !== undefined) {
      spoken.push({
        ids: [],
        created: { step: step.created, kind: step.operation.kind, name: nameOf(step.created, scene) },
        from: 'text',
      });
    }
  });
  // "not web-1, …": said only to be ruled out.
  const isRuledOut = isWord(clause.cells[0], 'not') && clause.verbs.length === 0;
  if (isRuledOut) return spoken;
  const targets = best?.steps.flatMap((step) => step.ids ?? []) ?? [];
  // "web-1 or web-10 is slow", "web-1 is slow, web-10 is fine": one of them, and not said which.
  const said = clause.cells.filter((cell) => !cell.quoted && isWord(cell, 'be', 'have')).length;
  const isHalfRead = clause.cues.has('question') && clause.unknown.length > 0 && targets.length > 1;
  const isEither = clause.nps.some((np) => np.either) || (clause.verbs.length === 0 && said > 1);
  const doubtful = isEither || isHalfRead || undefined;
  const named = clause.nps.flatMap((np) => [np, ...np.also].flatMap((one) => one.names));
  const ids = [...new Set(targets)];
  const listed = named.length === ids.length && ids.every((id, at) => named[at]!.ids.includes(id));
  const changed = best?.steps.some(({ operation }) => operation.risk !== 'read');
  if (targets.length > 0) spoken.push({ ids, from: 'text', changed, listed, ...(doubtful && { doubtful }) });
  spoken.push(...leftBehind(best, scene));
  const mentioned = clause.nps
    .filter((np) => !np.negated)
    .flatMap((np) => [np, ...np.also])
    .flatMap((np) => np.names.flatMap((name) => inItsPlace(ofItsKind(name.ids, np), np, clause, scene)));
  const args =
    best?.steps.flatMap((step) =>
      Object.values(step.args).filter(
        (value): value is string => typeof value === 'string' && value.includes(':'),
      ),
    ) ?? [];
  const rest = [...new Set([...args, ...mentioned, ...besideTargets(best, clause, scene)])].filter(
    (id) => !targets.includes(id),
  );
  // "the openstack bastion lets nobody in": of namesakes only one can be meant.
  const isOpen =
    doubtful ?? (clause.nps.some((np) => np.names.some((name) => hasNamesakes(name.ids, rest))) || undefined);
  if (rest.length > 0) spoken.push({ ids: rest, from: 'text', ...(isOpen && { doubtful: isOpen }) });
  return spoken;
}

/** "search in prod crashed again": of its namesakes the one in the place that was said. */
function inItsPlace(ids: readonly string[], np: Np, clause: Clause, scene: Scene): readonly string[] {
  const places = [...np.mods, ...clause.scope].filter((mod) => /^(env|place|region)$/.test(mod.kind));
  // "the search pod in prod": a thing of that kind, which only has the name in its own.
  const isOther = np.kinds !== undefined && !ids.some((id) => np.kinds!.includes(kindIn(id)));
  if (ids.length < 2 || places.length === 0 || isOther) return ids;
  const there = ids.filter((id) => {
    const one = scene.inventory.get(id);
    return one && restrict([one], places, one.kind, scene, false).resources.length > 0;
  });
  return there.length > 0 ? there : ids;
}

/** "the grafana deployment is …": of what has that name the one that is of the kind that was said. */
function ofItsKind(ids: readonly string[], np: Np): readonly string[] {
  const own = ids.filter((id) => np.kinds?.includes(kindIn(id)));
  return own.length > 0 ? own : ids;
}

const kindIn = (id: string): string => /:([a-z-]+)\//.exec(id)?.[1] ?? '';

function nameOf(step: number, scene: Scene): string {
  return scene.antecedents.find(({ created }) => created?.step === step)?.created?.name ?? '';
}

/** The address that was taken from a VM, the node or host things were said to be on. */
function besideTargets(best: Attempt | undefined, clause: Clause, scene: Scene): readonly string[] {
  const freed = (best?.steps ?? [])
    .filter(({ operation }) => operation.verb === 'unassign-ip')
    .flatMap((step) => step.ids ?? []);
  const held =
    freed.length === 0
      ? []
      : scene.inventory
          .ofKind('floating-ip')
          .filter((ip) => freed.includes(String(ip.attributes.attached_to)))
          .map((ip) => ip.id);
  const places = [...clause.scope, ...clause.nps.flatMap((np) => np.mods)].flatMap((mod) => mod.ids ?? []);
  return [...held, ...places.filter((id) => /^(node|host)$/.test(scene.inventory.get(id)?.kind ?? ''))];
}

/** "attach a to web-1, detach b and reboot that vm": web-1, or the one that b was on? */
function leftBehind(best: Attempt | undefined, scene: Scene): readonly Antecedent[] {
  const kindOf = (id: string): string | undefined => scene.inventory.get(id)?.kind;
  const holders = (best?.steps ?? [])
    .filter(({ operation }) => operation.id === 'detach.volume')
    .flatMap((step) => step.ids ?? [])
    .flatMap((id) => scene.inventory.get(id)?.attributes.attached_to ?? [])
    .map(String);
  const machines = scene.antecedents.flatMap(({ ids }) => ids.filter((id) => kindOf(id) === 'vm'));
  return holders.length > 0 && machines.length > 0 && !machines.every((id) => holders.includes(id))
    ? [{ ids: [...new Set([...holders, ...machines])], from: 'text', doubtful: true }]
    : [];
}

/** Whether a name stands for several of one kind. */
function hasNamesakes(ids: readonly string[], among: readonly string[]): boolean {
  const kinds = ids.filter((id) => among.includes(id)).map((id) => /:([a-z-]+)\//.exec(id)?.[1]);
  return new Set(kinds).size < kinds.length;
}
