// What a later step leaves out because an earlier one of the same text has said it: another place for the same order
// ("restart web in staging, then in prod"), the port that was closed ("then open it for the office"), the node or the
// workload whose pods are to be listed. Nothing is carried from another turn, and a step that lacks more asks.

import { isPlaceOnly, mergeClauses } from '../conversation/merge.ts';
import { attemptsOf, type Read, type Tools } from '../filling/readClause.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause, Cue, Mod, Np } from '../phrases/clause.ts';
import { type Cell, isWord } from '../words/cells.ts';

/** "…, then in prod", "and in staging to 2": the order before, in another place. */
export function elsewhere(
  clause: Clause,
  before: readonly Read[],
  scene: Scene,
  tools: Tools,
): Read | undefined {
  const previous = before.findLast((read) => !read.idle && read.attempts.length > 0);
  if (!previous || previous !== before.at(-1) || !isContinued(clause)) return undefined;
  const figure = sameFigure(clause, previous);
  if (figure) return { clause: figure, attempts: attemptsOf(figure, scene, tools) };
  const isPlaced =
    clause.scope.length + clause.nps.length > 0 &&
    clause.nps.every((np) => isPlaceOnly(np) && !np.negated && np.except.length === 0) &&
    !clause.scope.some((mod) => mod.not);
  if (!isPlaced || clause.unknown.length + clause.metrics.length + clause.times.length > 0) return undefined;
  const merged = mergeClauses(previous.clause, clause, [], tools);
  if (!merged || previous.clause.verbs.length === 0) return undefined;
  const joined = { ...merged, link: clause.link };
  return { clause: joined, attempts: attemptsOf(joined, scene, tools) };
}

/** "cpu of web-1, then of web-10": the same is asked of another thing. */
function sameFigure(clause: Clause, previous: Read): Clause | undefined {
  const asked = previous.attempts[0]?.steps.every(({ operation }) => /^(metrics|logs)$/.test(operation.verb));
  const isOther =
    clause.nps.length > 0 &&
    clause.nps.every((np) => np.names.length > 0 && np.except.length === 0 && !np.negated) &&
    clause.cues.size + clause.metrics.length + clause.unknown.length + clause.values.length === 0;
  if (!asked || !isOther) return undefined;
  const { metrics, cues, verbs } = previous.clause;
  const times = clause.times.length > 0 ? clause.times : previous.clause.times;
  return { ...clause, metrics, cues, verbs, times };
}

/** No verb and no question of its own, joined to what stands before it. */
function isContinued({ link, verbs, cues, negated }: Clause): boolean {
  return (link === 'and' || link === 'then') && verbs.length === 0 && !negated && !cues.has('question');
}

/** "close 22 on a, then open it for 10.0.0.0/8": it is the port. */
export function samePort(read: Read, before: readonly Read[], scene: Scene, tools: Tools): Read {
  const { clause } = read;
  const isLacking = !read.idle && read.attempts[0]?.trouble?.about === 'args.port';
  const isIt = (np: Np): boolean => np.pronoun === 'it' && np.prep === undefined && np.names.length === 0;
  const isSaid =
    clause.nps.some(isIt) ||
    clause.cells.some(
      (cell, at) => isWord(cell, 'port') && isWord(clause.cells[at - 1], 'det', 'demonstrative'),
    );
  const earlier = before.findLast((one) =>
    one.attempts[0]?.steps.some(({ args }) => args.port !== undefined),
  );
  if (!isLacking || !isSaid || !earlier) return read;
  const values = earlier.clause.values.filter(({ value }) => value.k === 'port' || value.k === 'number');
  const isNamed = clause.nps.some((np) => np.names.length > 0);
  // "udp 514 is closed, open it": with its protocol.
  const protocol = clause.cells.some(isProtocol) ? [] : earlier.clause.cells.filter(isProtocol);
  const joined: Clause = {
    ...clause,
    cells: [...clause.cells, ...protocol],
    values: [...clause.values, ...values],
    nps: isNamed ? clause.nps.filter((np) => !isIt(np)) : clause.nps,
  };
  const attempts = attemptsOf(joined, scene, tools);
  return attempts[0] && !attempts[0].trouble ? { clause: joined, attempts } : read;
}

const isProtocol = (cell: Cell): boolean => !cell.quoted && /^(tcp|udp|icmp)( ports?)?$/.test(cell.low);

/** "a and b are not needed, delete both": things of two kinds, each said by its name. */
export function bothNamed(clause: Clause, scene: Scene): Clause {
  const np = clause.nps.find((one) => one.pronoun === 'them' && (one.count === 2 || one.quant === 'both'));
  const spoken = scene.antecedents.find(({ from, ids }) => from === 'text' && ids.length > 0);
  const kinds = spoken?.ids.map((id) => scene.inventory.get(id)?.kind);
  if (!np || clause.nps.length > 1 || spoken?.ids.length !== 2 || new Set(kinds).size !== 2) return clause;
  if (spoken.doubtful || np.mods.length + np.except.length > 0) return clause;
  const [first, second] = spoken.ids.map(
    (id): Np => ({
      ...np,
      pronoun: undefined,
      quant: undefined,
      count: undefined,
      names: [{ cell: np.cells[0]!, ids: [id], exact: true }],
    }),
  );
  return { ...clause, nps: [{ ...first!, also: [second!] }] };
}

/** "restart web in staging, then scale api-gateway there": where the step before was. */
export function placedThere(clause: Clause, before: readonly Read[]): Clause {
  const isThere = clause.cells.some(
    (cell, at) =>
      !cell.quoted &&
      /^(there|over there|in there|as well there|there too)$/.test(cell.low) &&
      !isWord(clause.cells[at + 1], 'be', 'have'),
  );
  const previous = before.findLast((read) => !read.idle && read.clause.nps.length > 0);
  if (!isThere || !previous || placesOf(clause).length > 0) return clause;
  const places = placesOf(previous.clause).filter((mod) => !mod.not);
  return places.length === 1 ? { ...clause, scope: [...clause.scope, ...places] } : clause;
}

const placesOf = ({ scope, nps }: Clause): readonly Mod[] =>
  [...scope, ...nps.flatMap((np) => np.mods)].filter(({ kind }) => /^(env|region|place)$/.test(kind));

/** "restart web-1 and web-10 and then show the cpu": of what was just changed. */
export function figureOfChanged(clause: Clause, scene: Scene): Clause {
  const [metric] = clause.metrics;
  const wide: readonly Cue[] = [
    'top',
    'least',
    'what',
    'who',
    'howMany',
    'any',
    'summarize',
    'bigger',
    'smaller',
  ];
  const isBare =
    metric !== undefined &&
    /^(then|and|stop)$/.test(clause.link) &&
    clause.nps.length + clause.scope.length + clause.unknown.length + clause.values.length === 0 &&
    !clause.verbs.some((verb) => verb.form === 'base') &&
    !clause.cells.some((cell) => isWord(cell, 'all', 'any')) &&
    !wide.some((cue) => clause.cues.has(cue));
  const spoken = scene.antecedents.find(({ from, ids }) => from === 'text' && ids.length > 0);
  if (!isBare || !spoken?.changed || spoken.doubtful) return clause;
  const them: Np = {
    at: metric.at,
    pronoun: spoken.ids.length > 1 ? 'them' : 'it',
    names: [],
    missing: [],
    plural: false,
    mods: [],
    except: [],
    also: [],
    cells: [metric.cell],
  };
  return { ...clause, nps: [them] };
}

const owners: ReadonlySet<string> = new Set([
  'node',
  'deployment',
  'statefulset',
  'daemonset',
  'namespace',
  'job',
]);

/** "… then list the pods on it", "and show me the pods": those of what was spoken of. */
export function ofSpoken(clause: Clause, scene: Scene): Clause {
  const [head, ...others] = clause.nps;
  const isAsked = !clause.verbs.some((verb) => verb.form === 'base') || clause.cues.has('list');
  if (!head?.kinds?.includes('pod') || !head.plural || !isAsked) return clause;
  const isBare = head.names.length + head.missing.length + head.mods.length === 0 && !head.of && !head.quant;
  // "on it", "it has"
  const it = others.find((np) => np.pronoun === 'it' && /^(on|in|of|for|from|behind|)$/.test(np.prep ?? ''));
  const hasIt = it !== undefined || clause.cells.some((cell) => /^it (has|runs|owns)$/.test(cell.low));
  const rest = others.filter((np) => np !== it);
  const spoken = scene.antecedents.find(({ from, ids }) => (from === 'text' || hasIt) && ids.length > 0);
  const isOwner = spoken?.ids.every((id) => owners.has(scene.inventory.get(id)?.kind ?? '')) === true;
  const isThe = head.det === 'definite' && others.length === 0 && clause.scope.length === 0;
  if (!isBare || !isOwner || rest.length > 0 || !(hasIt || isThe)) return clause;
  const of: Np = it ?? { ...head, det: undefined, kinds: undefined, plural: false, pronoun: 'it', cells: [] };
  return { ...clause, nps: [{ ...head, of: { ...of, prep: undefined } }] };
}
