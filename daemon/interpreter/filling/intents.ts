// Which operations a clause may be about: those of its verb, or, where it asks, those its cues point at. Each comes
// with a price that says how far-fetched it is. Everything is derived from the catalogue.

import type { Operation } from '../../../shared/model/operation.ts';
import type { Catalogue } from '../../catalogue/contract.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { hasPluralWord } from '../linking/describe.ts';
import type { Clause, Verb } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isOfFuture } from '../words/cues.ts';
import type { Lexicon } from '../words/lexicon.ts';
import { isUnnamed, presentIntents } from '../words/present.ts';
import { isAudit } from './asksTrail.ts';

export interface Intent {
  readonly operation: Operation;
  readonly phrase: string;
  readonly verb?: Cell;
  readonly cost: number;
}

const kindOrder = [
  'deployment',
  'statefulset',
  'daemonset',
  'vm',
  'database',
  'pod',
  'node',
  'service',
  'volume',
  'load-balancer',
  'cronjob',
  'job',
  'host',
  'cluster',
  'namespace',
  'datastore',
  'container',
  'process',
  'unit',
];

/** Intents of a clause: commands first, then questions. */
export function intentsOf(
  clause: Clause,
  catalogue: Catalogue,
  lexicon: Lexicon,
  inventory: Inventory,
): readonly Intent[] {
  const commands = clause.negated ? [] : clause.verbs.flatMap((verb) => commandsOf(verb, clause, lexicon));
  // "web-1 should not be a t3.large" orders no t3.large; "two replicas, not one" orders two.
  const isDenied = clause.cells.some(
    (cell) => !cell.quoted && isWord(cell, 'not') && /( not|never|no longer)$/.test(cell.low),
  );
  const implied = commands.length === 0 && !(clause.negated && isDenied) ? impliedOf(clause, catalogue) : [];
  const all = [...commands, ...implied, ...questionsOf(clause, catalogue, inventory)];
  return presentIntents(all, clause, inventory);
}

function commandsOf(verb: Verb, clause: Clause, lexicon: Lexicon): readonly Intent[] {
  const asked = clause.cues.has('question') ? 3 : 0;
  const history =
    clause.cues.has('who') ||
    clause.cues.has('changed') ||
    clause.cues.has('depends') ||
    clause.cues.has('help') ||
    clause.cues.has('why')
      ? 3
      : 0;
  const passive = verb.form === 'ed' || verb.form === 'ing';
  const wanted =
    clause.cues.has('need') ||
    clause.link === 'before' ||
    clause.link === 'after' ||
    clause.link === 'instead';
  const form =
    verb.form === 's'
      ? 1.5
      : passive && !wanted && !(verb.form === 'ing' && verb.leading)
        ? 1.3
        : passive && verb.form === 'ing' && !wanted
          ? 0.4
          : 0;
  const shown = clause.cells.findIndex(
    (cell) =>
      !cell.quoted &&
      /^(show|list|display|print|find|view|tell|which|what|describe|get me)\b/.test(cell.low) &&
      isWord(cell, 'ask', 'listCue', 'what', 'showCue'),
  );
  const reading = shown >= 0 && shown < verb.at && !verb.leading ? 1.2 : 0;
  const light = isWord(verb.cell, 'ask', 'light', 'filler') && clause.verbs.length > 1 ? 0.3 : 0;
  const later = clause.verbs.indexOf(verb) * 0.15;
  const own = lexicon.operationsOf(verb.phrase);
  // "bump them up to 2": the direction adds nothing to a number.
  const plainly = own.some(({ operation }) => operation.verb === 'scale') ? '' : verb.phrase;
  const graded = /^(bump|push|crank|move|put|set|turn|bring|take|dial|go) (up|down)$/.exec(plainly)?.[1];
  const scaling = graded === undefined ? [] : lexicon.operationsOf(graded);
  const ops = [...own, ...scaling.filter(({ operation }) => operation.verb === 'scale')];
  const untag = clause.cells.some((cell) => /^(tags?|labels?)$/.test(cell.low));
  const isRaised = /^bump\b/.test(verb.phrase) && clause.cells.some(isFigureSaid);
  return ops.flatMap(({ operation, rank }) => {
    if (isRaised && operation.verb === 'restart') return [];
    if (operation.verb === 'untag' && !/tag|label/.test(verb.phrase) && !untag) return [];
    return [
      {
        operation,
        phrase: verb.phrase,
        verb: verb.cell,
        cost: asked + history + form + light + later + reading + Math.min(rank, 20) * 0.006,
      },
    ];
  });
}

/** "bump the replicas of web": what is raised is a figure, and nothing that runs is restarted. */
const isFigureSaid = ({ low, quoted }: Cell): boolean =>
  !quoted &&
  /\b(replicas?|copy|copies|count|number|amount|size|capacity|v?cpus?|cores?|memory|ram|disk|storage|flavou?r|tier|limits?)\b/.test(
    low,
  );

/** No verb, but an amount and a thing: "web-1 -> M.8", "prod/cart x5", "halve the replicas of web". */
function impliedOf(clause: Clause, catalogue: Catalogue): readonly Intent[] {
  const { cues } = clause;
  const factor = cues.has('double') || cues.has('triple') || cues.has('half');
  const asks = (
    ['question', 'why', 'when', 'logs', 'list', 'who', 'howMany', 'depends', 'changed'] as const
  ).some((cue) => cues.has(cue));
  if (asks || (clause.metrics.length > 0 && !cues.has('need') && !factor)) return [];
  if (clause.nps.length === 0 && !factor) return [];
  const arrow = clause.cells.some((cell) => isWord(cell, 'arrow') || cell.low === '=');
  const times = clause.values.some((use) => use.value.k === 'times');
  const toValue = clause.values.some((use) => use.prep === 'to') || clause.nps.some((np) => np.prep === 'to');
  const replicas = clause.labels.has('replicas') || clause.nps.some((np) => isWord(np.kindCell, 'replicas'));
  const grown = clause.values.some(
    (use) =>
      /^\+\d/.test(use.cell.text) ||
      (use.prep === 'by' && (use.value.k === 'size' || use.value.k === 'percent')),
  );
  const amount =
    clause.nps.some((np) => np.count !== undefined) ||
    clause.values.some(
      (use) => use.value.k === 'number' || use.value.k === 'size' || use.value.k === 'percent',
    );
  const wanted = cues.has('need') && clause.nps.length > 1;
  const bigger = cues.has('need') && (cues.has('bigger') || cues.has('smaller'));
  const sized =
    cues.has('need') &&
    clause.values.some((use) => use.value.k === 'size' && !use.not) &&
    clause.nps.some((np) => np.names.length > 0);
  const targeted = clause.nps.some((np) => np.prep === 'to');
  const intents: Intent[] = [];
  if (
    cues.has('need') &&
    clause.nps[0]?.kinds?.length &&
    (clause.nps[0].det === 'indefinite' || (clause.named.length > 0 && clause.nps[0].names.length === 0))
  ) {
    for (const kind of clause.nps[0].kinds) {
      const operation = catalogue.get(`create.${kind}`);
      if (operation) intents.push({ operation, phrase: 'create', cost: 0.1 });
    }
  }
  for (const operation of catalogue.values()) {
    if (operation.risk !== 'change') continue;
    // "52.10.0.3 -> web-4", "scratch -> db-1": what goes with what says what is done.
    if (arrow && targeted && /^(assign-ip|attach|migrate)$/.test(operation.verb))
      intents.push({ operation, phrase: operation.verb, cost: 0.12 });
    if (!/^(resize|scale|set-image)$/.test(operation.verb)) continue;
    const scaling = operation.verb === 'scale';
    if (
      ((bigger || sized) && operation.verb === 'resize') ||
      (grown && operation.verb !== 'set-image') ||
      arrow ||
      toValue ||
      (wanted && operation.verb === 'resize') ||
      (times && (scaling || operation.args.some((spec) => spec.name === 'size_gb'))) ||
      (factor && operation.verb !== 'set-image') ||
      (replicas && amount && scaling)
    )
      intents.push({ operation, phrase: cues.has('half') ? 'halve' : 'change', cost: 0.08 });
  }
  return intents;
}

function questionsOf(clause: Clause, catalogue: Catalogue, inventory: Inventory): readonly Intent[] {
  const { cues } = clause;
  const intents: Intent[] = [];
  const command =
    clause.verbs.some((verb) => verb.form === 'base') &&
    !cues.has('question') &&
    !cues.has('who') &&
    !cues.has('depends') &&
    !cues.has('why') &&
    !cues.has('changed');
  const price = command ? 1 : 0;
  const readCue = metricOrRead(clause);
  if (command && !readCue) return [];
  const add = (verb: string, kinds: readonly string[], cost: number, phrase: string): void => {
    for (const kind of kinds) {
      const operation = catalogue.get(`${verb}.${kind}`) ?? catalogue.get(`${kind}.${verb}`);
      if (operation?.risk === 'read')
        intents.push({ operation, phrase, cost: cost + price, verb: undefined });
    }
  };
  const metric = hasMetric(clause);
  const all = kindOrder;
  const ordered = (verb: string, cost: number): void =>
    all.forEach((kind, rank) => {
      add(verb, [kind], cost + rank * 0.004, verb);
    });
  if (cues.has('depends') && !(metric && /us(es|ing)/.test(cues.get('depends')!.low)))
    return only(catalogue, 'topology.show', 'depends', price * 0.3);
  if (isAudit(clause)) return only(catalogue, 'audit.list', 'who', price * 0.5);
  if (cues.has('why')) {
    ordered('explain', 0.02);
    add('explain', ['anomaly', 'alert'], 0.02, 'explain');
  }
  // "does it fill up", "disk of it for the next 14 days": what is yet to come.
  const isComing = ({ range }: Clause['times'][number]): boolean =>
    range.horizonS !== undefined && (range.windowS ?? range.fromMs ?? range.toMs) === undefined;
  const isAhead =
    clause.times.some(isComing) ||
    isOfFuture(clause.cells) ||
    (cues.has('runOut') && /^(does|do|will)$/.test(clause.cells[0]?.low ?? ''));
  // "when was it": over, and nothing to foresee.
  const when = clause.cells.indexOf(cues.get('when')!);
  const isOver = when >= 0 && /^(was|were|did|had|has)$/.test(clause.cells[when + 1]?.low ?? '');
  if ((cues.has('when') || cues.has('runOut')) && !isOver) {
    if (cues.has('when') || metric || cues.has('runOut'))
      ordered('forecast', cues.has('why') ? 0.6 : cues.has('when') || isAhead ? 0.05 : 0.3);
  } else if (metric && isAhead) ordered('forecast', 0.03);
  // "what's the current CPU?" with nothing named is about the machine the person sits at.
  const isOther = (['when', 'runOut', 'why', 'logs'] as const).some((cue) => cues.has(cue));
  if (metric && !isOther && isUnnamed(clause) && inventory.thisMachine())
    add('metrics', ['host'], 0, 'this machine');
  if (cues.has('logs')) ordered('logs', 0.04);
  if (metric || cues.has('top') || cues.has('least'))
    ordered(
      'metrics',
      metric
        ? cues.has('why') || (cues.has('when') && !isWord(cues.get('when'), 'filler'))
          ? 0.9
          : cues.has('logs')
            ? 0.5
            : 0.06
        : clause.nps.some((np) => np.kinds)
          ? 0.35
          : 1.2,
    );
  intents.push(...listsOf(clause, catalogue, inventory, price, metric));
  return intents;
}

/** Whether anything in the clause asks for something to be shown. */
function metricOrRead(clause: Clause): boolean {
  const { cues } = clause;
  return (
    hasMetric(clause) ||
    (
      [
        'ask',
        'list',
        'show',
        'logs',
        'howMany',
        'what',
        'when',
        'runOut',
        'summarize',
        'top',
        'last',
      ] as const
    ).some((cue) => cues.has(cue))
  );
}

function only(catalogue: Catalogue, id: string, phrase: string, cost: number): readonly Intent[] {
  const operation = catalogue.get(id);
  return operation ? [{ operation, phrase, cost }] : [];
}

function hasMetric(clause: Clause): boolean {
  if (clause.metrics.length > 0) return true;
  // "requests on web-2": counted of a thing, not a list of them.
  const isOfThing = (np: Clause['nps'][number]): boolean =>
    senseOf(np.kindCell, 'metric') !== undefined && np.of !== undefined && np.of.names.length > 0;
  if (clause.nps.some((np) => isOfThing(np))) return true;
  return clause.nps.some(
    (np) =>
      np.kindCell !== undefined &&
      senseOf(np.kindCell, 'metric') !== undefined &&
      !np.plural &&
      !isCalledSo(np),
  );
}

/** "the network prod-vpc": the kind of what is named, and no figure. */
const isCalledSo = ({ names, kinds }: Clause['nps'][number]): boolean =>
  names.some(({ ids }) => ids.some((id) => kinds?.some((kind) => id.includes(`:${kind}/`))));

function listsOf(
  clause: Clause,
  catalogue: Catalogue,
  _inventory: Inventory,
  price: number,
  metric: boolean,
): readonly Intent[] {
  const { cues } = clause;
  const intents: Intent[] = [];
  const np = clause.nps.find((one) => one.prep === undefined || one.kinds) ?? clause.nps[0];
  const asks =
    cues.has('ask') ||
    cues.has('what') ||
    cues.has('list') ||
    cues.has('howMany') ||
    cues.has('show') ||
    cues.has('question') ||
    cues.has('summarize') ||
    cues.has('any') ||
    np?.quant === 'any' ||
    cues.has('last');
  const bare = asks ? 0 : 0.35;
  // "how many are stopped": of what, was not said.
  if (np === undefined && cues.has('howMany')) return [];
  // "all M.8 vms": a name of another kind only bounds them.
  const isOther = (id: string): boolean => !np!.kinds!.some((kind) => id.includes(`:${kind}/`));
  const isSet = np?.names.every((name) => np.kinds !== undefined && name.ids.every(isOther));
  const isSaidSet = np !== undefined && !np.kinds && np.names.length === 0 && hasPluralWord(np);
  const plural =
    np !== undefined &&
    isSet === true &&
    (np.plural ||
      isSaidSet ||
      np.quant !== undefined ||
      cues.has('howMany') ||
      cues.has('list') ||
      (cues.has('what') && !np.det) ||
      (np.count ?? 1) > 1);
  // "how many vCPUs does the flavor L.16 have": a figure of what is named, and none of its kind are counted.
  const isItsFigure =
    cues.has('howMany') && np !== undefined && !np.plural && np.names.length > 0 && isCalledSo(np);
  for (const operation of catalogue.values()) {
    if (
      operation.risk !== 'read' ||
      operation.kind === 'audit' ||
      operation.kind === 'topology' ||
      operation.kind === 'provider'
    )
      continue;
    const isFigure = isWord(np?.kindCell, 'replicas') && clause.nps.length > 1 && operation.verb === 'show';
    if (np?.kinds && np.kinds.length > 0 && !np.kinds.includes(operation.kind) && !isFigure) continue;
    const named = np?.kinds?.includes(operation.kind) ?? isSaidSet;
    const rank = kindOrder.includes(operation.kind) ? kindOrder.indexOf(operation.kind) * 0.004 : 0.08;
    const dull = metric ? 0.5 : 0;
    if (operation.verb === 'list') {
      // "how many replicas does web have" asks for one thing's figure.
      const figure = isWord(np?.kindCell, 'replicas') && clause.nps.length > 1 ? 1 : 0;
      const listed = figure + (named ? (plural ? 0 : 0.45) : 0.75);
      intents.push({
        operation,
        phrase: 'list',
        cost:
          price +
          bare +
          dull +
          listed +
          rank +
          (cues.has('show') && !plural ? 0.3 : 0) +
          (cues.has('why') ? 0.8 : 0),
      });
    }
    if (operation.verb === 'show')
      intents.push({
        operation,
        phrase: 'show',
        cost:
          price +
          bare +
          dull +
          (plural ? 0.6 : 0.1) +
          rank +
          ((cues.has('list') || (cues.has('howMany') && !isItsFigure)) && !isFigure ? 0.6 : 0) -
          (isFigure && plural ? 0.5 : 0),
      });
  }
  return intents;
}
