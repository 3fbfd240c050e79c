// Which noun phrase of a clause an operation is about: the one that is left when the arguments are filled, with every
// bound that was said of it wherever it stood. A destroy is only ever about its direct object.

import type { Operation } from '../../../shared/model/operation.ts';
import type { FillRequest } from '../filling/fill.ts';
import type { Used } from '../filling/filled.ts';
import type { Np } from '../phrases/clause.ts';
import { isWord, senseOf } from '../words/cells.ts';
import { isUnnamed } from '../words/present.ts';
import { resolveNp } from './resolve.ts';
import type { Care, Found, Scene } from './scene.ts';

interface Target {
  readonly np?: Np;
  /** The noun phrase of the clause it came from. */
  readonly given?: Np;
  readonly found?: Found;
  readonly cost: number;
}

const targetPreps =
  /^(of|for|on|in|from|to|at|about|with|off|into|against|regarding|by|within|inside|onto|over|across|around|inside of|out of|under|as|through|via|per)$/;

export function chooseTarget(request: FillRequest, used: Used): Target {
  const { operation, clause, scene, target } = request;
  const here = target ? undefined : targetHere(request, used);
  if (here) return here;
  const care: Care = operation.risk;
  const scope = used.scope ? [] : clause.scope;
  let best: Target | undefined;
  const extreme = clause.cues.has('top') || clause.cues.has('least');
  for (const one of target ? [target] : clause.nps) {
    const given: Np =
      extreme && one.names.length === 0 && one.kinds ? Object.assign(one, { superlative: true }) : one;
    const np = headOf(given, operation, scene);
    // "which resources depend on it"
    const isNamed = (other: Np): boolean => other.names.length > 0 || other.pronoun === 'it';
    if (operation.kind === 'topology' && !isNamed(np) && !np.of && clause.nps.some(isNamed)) continue;
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
  // What stands behind "to" says of the place where it goes, not of the set.
  const goes = operation.verb === 'attach' || operation.verb === 'migrate';
  const others = clause.nps.filter(
    (np) =>
      !goes &&
      np !== given &&
      np.of !== given &&
      np.cells !== given.cells &&
      (np.prep !== undefined || isWord(np.kindCell, 'replicas', 'typeWord', 'imageWord', 'sizeWord')),
  );
  const bare = others.filter((np) => np.names.every((name) => used.cells.has(name.cell)));
  const mods = bare.flatMap((np) => np.mods.filter((mod) => mod.post && !used.cells.has(mod.cell)));
  // What is to be spared is spared, wherever it was said.
  for (const np of clause.nps)
    if (
      np !== given &&
      np.except.length > 0 &&
      np.names.length + np.missing.length + np.mods.length === 0 &&
      !np.kinds
    )
      used.nps.add(np);
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

/** "the address of a and b, but not c": whose it is, with all that was listed behind it. */
function wholeOf(np: Np, of: Np): Np {
  return {
    ...of,
    prep: np.prep,
    either: of.either ?? np.either,
    also: [...of.also, ...np.also],
    except: [...of.except, ...np.except],
  };
}

/** "the replicas of web", "the disk of db-1": a noun that names what is measured is not the target itself. */
function headOf(np: Np, operation: Operation, scene: Scene): Np {
  if (
    operation.verb === 'unassign-ip' &&
    (np.kinds?.includes('floating-ip') ||
      np.names.some((name) => name.ids.some((id) => scene.inventory.get(id)?.kind === 'floating-ip')))
  ) {
    if (np.of) return wholeOf(np, np.of);
    // "The VM called 203.0.113.10" and "the floating IP called vol-web-1" are things that are not there.
    const addresses = np.names
      .flatMap((name) => name.ids.map((id) => scene.inventory.get(id)))
      .filter((one) => one?.kind === 'floating-ip');
    const holders = addresses
      .map((one) => one?.attributes.attached_to)
      .filter((id): id is string => typeof id === 'string');
    if (holders.length > 0 && (np.kinds?.includes('floating-ip') ?? true))
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
    (!np.plural || (np.of !== undefined && np.of.names.length > 0)) &&
    senseOf(np.kindCell, 'metric') !== undefined &&
    !np.kinds?.includes(operation.kind);
  const top =
    operation.verb === 'metrics' &&
    np.names.length === 0 &&
    np.kinds !== undefined &&
    !np.of &&
    np.superlative;
  if (top) return { ...np, quant: 'all', plural: true };
  // "web-1's cpu": nothing but whose it is.
  const isOwners =
    /^(metrics|forecast|logs)$/.test(operation.verb) &&
    np.of !== undefined &&
    np.kinds === undefined &&
    np.names.length + np.mods.length + np.missing.length === 0;
  if (isOwners) return wholeOf(np, np.of!);
  if (!counted && !sized && !measured && !imaged) return np;
  if (np.of) return { ...wholeOf(np, np.of), mods: [...np.of.mods, ...np.mods] };
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
    const spoken = clause.scope.length === 0 ? measuredOf(operation, clause, scene) : undefined;
    if (spoken !== undefined) return { found: { ids: [spoken], bulk: false, cost: 0 }, cost: 0 };
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
    const isOfAny = operation.kind === 'topology' && selected.ids[0] !== undefined;
    const kind = isOfAny ? (scene.inventory.get(selected.ids[0]!)?.kind ?? operation.kind) : operation.kind;
    const found = resolveNp(np, kind, [], scene, operation.risk);
    if (!found.mismatch) return { np, found, cost: selected.from === 'text' ? 0.1 : 0.3 };
  }
  return { cost: 0 };
}

/** "check the memory, then stop it": of the one thing the turn before was about. */
function measuredOf(operation: Operation, clause: FillRequest['clause'], scene: Scene): string | undefined {
  const [told, ...others] = scene.antecedents.filter(({ from }) => from !== 'selection');
  const id = told?.ids[0];
  const isOne = told?.ids.length === 1 && !told.doubtful && others.every(({ ids }) => ids.includes(id!));
  const isOpen =
    clause.nps.length > 0 || clause.cues.has('top') || clause.cues.has('least') || clause.cues.has('what');
  if (operation.verb !== 'metrics' || !isOne || isOpen || id === undefined) return undefined;
  return scene.inventory.get(id)?.kind === operation.kind ? id : undefined;
}

/** A figure of a host with none named, and no "which one": the machine Pilothouse runs on. */
function targetHere({ operation, clause, scene }: FillRequest, used: Used): Target | undefined {
  const here = scene.inventory.thisMachine();
  if (!here || operation.kind !== 'host' || operation.verb !== 'metrics') return undefined;
  if (!isUnnamed(clause) || (clause.nps.length > 0 && scene.antecedents.length > 0)) return undefined;
  for (const np of clause.nps) used.nps.add(np);
  return { found: { ids: [here.id], bulk: false, cost: 0 }, cost: 0 };
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
export function checkDetach({ operation, clause, scene }: FillRequest, found: Found, used: Used): boolean {
  if (!/^(detach|unassign-ip|assign-ip)$/.test(operation.verb)) return false;
  for (const np of clause.nps) {
    if (used.nps.has(np)) continue;
    // "from its server": wherever it hangs.
    const isHolder =
      operation.verb === 'detach' &&
      np.names.length + np.missing.length === 0 &&
      np.kinds?.includes('vm') === true &&
      /^(from|off|off of|out of)$/.test(np.prep ?? '');
    if ((np.pronoun && np.prep === 'from') || isHolder) {
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
