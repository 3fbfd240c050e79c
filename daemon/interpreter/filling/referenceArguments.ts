// Arguments that point at things: flavors, images, networks, the VM a volume goes to, the place something is made in.
// A thing is linked by the same rules as a target; where two fit, the argument is in trouble and the person chooses.

import type { ArgumentSpec } from '../../../shared/model/operation.ts';
import { resolveNp } from '../linking/resolve.ts';
import type { Scene } from '../linking/scene.ts';
import type { Clause, Np } from '../phrases/clause.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type FillContext, type Filled, type Filler, flagValue, put } from './filled.ts';
import { imageSpoken } from './imageSpoken.ts';

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

export const fillFlavor: Filler = (spec, { clause, used, scene, operation }, filled) => {
  const flag = flagValue(clause, used, '--flavor', '--instance-type');
  if (flag) return put(filled, spec.name, flag.value, flag.cell);
  const refs = refsIn(clause, 'flavor', scene).filter(
    ({ np }) => np.prep !== 'from' || operation.verb === 'create',
  );
  const ref = refs.find(({ np }) => np.prep === 'to') ?? refs.at(-1);
  // "launch an m5.large a and an m5.xlarge b": which of them is of which is not taken apart here.
  const sorts = new Set(refs.map((one) => scene.inventory.get(one.ids[0]!)!.name));
  if (operation.verb === 'create' && sorts.size > 1) {
    filled.trouble = { name: spec.name, candidates: refs.map((one) => scene.inventory.get(one.ids[0]!)!) };
    return;
  }
  if (ref) {
    if (operation.verb !== 'create' || ref.np.kinds === undefined) used.nps.add(ref.np);
    for (const other of operation.verb === 'create' ? refs : [ref]) used.cells.add(other.cell);
    return put(filled, spec.name, scene.inventory.get(ref.ids[0]!)!.name, ref.cell);
  }
  // "db.r6g.2xlarge": the class of a database, which no list here has.
  const isClass = (one: Cell): boolean =>
    operation.kind === 'database' && /^db\.[a-z]\w+\.(?:micro|small|medium|large|\d*xlarge)$/.test(one.low);
  const classes = clause.nps.flatMap((np) =>
    [...np.mods.map((mod) => mod.cell), ...np.missing]
      .filter((one) => scene.inventory.fieldsOf(one.low).includes('flavor') || isClass(one))
      .map((cell) => ({ np, cell })),
  );
  // "every database still on db.t3.medium to db.r6g.large": the other one says which are meant.
  const isTo = ({ cell }: { readonly cell: Cell }): boolean => {
    const before = clause.cells[clause.cells.indexOf(cell) - 1];
    return isWord(before, 'arrow') || /^(to|into)$/.test(before?.low ?? '');
  };
  const isOne = new Set(classes.map(({ cell }) => cell.low)).size === 1;
  const found = classes.find(isTo) ?? (isOne ? classes[0] : undefined);
  if (found) {
    if (isOne || found.np.kinds === undefined) used.nps.add(found.np);
    used.cells.add(found.cell);
    return put(filled, spec.name, found.cell.text, found.cell);
  }
  const described = clause.nps.find((np) => np.kinds?.includes('flavor') && !used.nps.has(np));
  if (described && operation.verb === 'create')
    putDescribed(spec, 'flavor', described, { used, scene, operation }, filled);
};

/** "from the debian image", "with the big flavor": the one the words fit, or a question, never one that nobody said. */
function putDescribed(
  spec: ArgumentSpec,
  kind: string,
  np: Np,
  { used, scene, operation }: Pick<FillContext, 'used' | 'scene' | 'operation'>,
  filled: Filled,
): void {
  if (np.kinds?.includes(operation.kind) || !np.kinds?.includes(kind)) return;
  used.nps.add(np);
  const found = resolveNp(np, kind, [], scene, 'change');
  if (found.trouble || found.ids.length !== 1) {
    filled.trouble ??= { name: spec.name, candidates: found.trouble?.candidates ?? [] };
    return;
  }
  put(filled, spec.name, scene.inventory.get(found.ids[0]!)!.name, np.kindCell!);
}

export const fillRef: Filler = (spec, { clause, used, scene, operation }, filled) => {
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
  const isOfKind = (id: string): boolean => scene.inventory.get(id)?.kind === kind;
  const isSet = clause.nps.some((np) => np.names.length === 0 && (np.plural || np.quant !== undefined));
  // "migrate erp-02 on the host esx-01"; of a set it says where they are now.
  const host =
    operation.verb === 'migrate' && !isSet
      ? [...clause.scope, ...clause.nps.flatMap((np) => np.mods)].find((mod) => mod.ids?.some(isOfKind))
      : undefined;
  const hostIds = host?.ids?.filter((id) => scene.inventory.get(id)?.kind === kind) ?? [];
  const lead = clause.cells.slice(0, host ? clause.cells.indexOf(host.cell) : 0);
  const before = lead.findLast((cell) => !isWord(cell, 'det') && !senseOf(cell, 'kind'));
  const isLeft = /(^| )(from|off|of|out)$/.test(before?.low ?? '');
  if (host && hostIds.length === 1 && !host.not && !isLeft) {
    used.cells.add(host.cell);
    return put(filled, spec.name, hostIds[0]!, host.cell);
  }
  const candidates = clause.nps
    .flatMap((np) => (np === direct ? [np, ...np.also] : [np, ...np.also]))
    .filter((np) => !used.nps.has(np) || operation.verb === 'create')
    .map((np) => ({
      np,
      refs: np.names.filter(
        (name) => !used.cells.has(name.cell) && name.ids.some((id) => scene.inventory.get(id)?.kind === kind),
      ),
    }));
  const made = operation.verb === 'create' ? madeBefore(spec, clause, scene) : undefined;
  if (made) {
    for (const np of clause.nps) if (made.nps.includes(np)) used.nps.add(np);
    for (const cell of made.cells) used.cells.add(cell);
    filled.created = made.step;
    const isNamed = kind === 'keypair' || kind === 'security-group';
    return put(
      filled,
      spec.name,
      isNamed ? made.name : `$${made.step + 1}`,
      made.cells[0] ?? clause.cells[0]!,
    );
  }
  const named = candidates.filter(
    ({ refs, np }) =>
      refs.length > 0 &&
      !(np.prep === 'from' && spec.name === 'to') &&
      !(spec.name === 'host' && /(^| )(from|off|of|out)( |$)/.test(np.prep ?? '')),
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
  const newIp = scene.antecedents.find((one) => one.created?.kind === kind)?.created;
  if (
    it &&
    newIp &&
    kind === 'floating-ip' &&
    candidates.some(({ np }) => np !== it.np && np.names.length > 0)
  ) {
    used.nps.add(it.np);
    filled.created = newIp.step;
    return put(filled, spec.name, `$${newIp.step + 1}`, it.np.cells[0]!);
  }
  if (it && spokenIp && candidates.some(({ np }) => np !== it.np && np.names.length > 0)) {
    used.nps.add(it.np);
    return put(filled, spec.name, spokenIp, it.np.cells[0]!);
  }
  // "an M.8 ubuntu box": the one image that has the word in its name.
  const spoken = operation.verb === 'create' && kind === 'image' ? imageSpoken(clause, used, scene) : [];
  if (spoken.length === 1) {
    const [{ mod, name }] = spoken as [(typeof spoken)[0]];
    used.cells.add(mod.cell);
    return put(filled, spec.name, name, mod.cell);
  }
  // "with image ubuntu-22.04", which is not there: another one is never put in its place.
  const gone =
    operation.verb === 'create'
      ? candidates.find(
          ({ np }) => np.kinds?.includes(kind) && np.missing.some((cell) => !used.cells.has(cell)),
        )
      : undefined;
  if (gone && kind !== operation.kind) {
    used.nps.add(gone.np);
    filled.trouble = { name: spec.name, candidates: [] };
    return;
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
  // "launch a vm named a, then attach scratch": to the new one.
  const [latest] = scene.antecedents;
  if (!described && spec.required && spec.name === 'to' && latest?.created?.kind === kind) {
    filled.created = latest.created.step;
    return put(filled, spec.name, `$${latest.created.step + 1}`, clause.cells[0]!);
  }
  if (described && operation.verb === 'create')
    return putDescribed(spec, kind, described.np, { used, scene, operation }, filled);
  if (!described) return;
  if (
    kind === 'floating-ip' &&
    described.np.names.length === 0 &&
    described.np.missing.length === 0 &&
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
    // "give the same address to web-10", where none was spoken of: which one, was not said.
    const noun = clause.cells.indexOf(described.np.cells[0]!);
    const isSame = [clause.cells[noun - 1], clause.cells[noun], clause.cells[noun + 1]].some(
      (cell) => cell !== undefined && !cell.quoted && /\bsame$/.test(cell.low),
    );
    if (id === undefined && isSame) return linkRef(spec, described.np, { clause, used, scene }, filled);
    return put(filled, spec.name, id ?? 'any', described.np.kindCell!);
  }
  linkRef(spec, described.np, { clause, used, scene }, filled);
};

const isNaming = (cell: Cell | undefined): boolean =>
  isWord(cell, 'prep', 'det', 'keyWord') || senseOf(cell, 'kind') !== undefined;

/** "… then subnet b in it", "on that network", "in a": what an earlier step makes, for what is made next. */
function madeBefore(
  spec: ArgumentSpec,
  clause: Clause,
  scene: Scene,
): { step: number; name: string; nps: readonly Np[]; cells: readonly Cell[] } | undefined {
  const created = scene.antecedents.find((one) => one.created?.kind === spec.refKind)?.created;
  if (!created) return undefined;
  const isIt = (np: Np): boolean =>
    (np.pronoun !== undefined && isWord(clause.cells[np.at - 1], 'prep') && np.names.length === 0) ||
    (np.kinds?.includes(spec.refKind!) === true &&
      (np.det === 'definite' || np.det === 'demonstrative') &&
      np.names.length + np.missing.length === 0);
  const it = clause.nps.filter(isIt);
  if (it.length > 0) return { ...created, nps: it, cells: it[0]!.cells };
  const cells = clause.cells.filter(
    (cell, at) =>
      (/^(there|in there)$/.test(cell.low) && !cell.quoted) ||
      (cell.low === created.name.toLowerCase() && isNaming(clause.cells[at - 1])) ||
      (isWord(cell, 'demonstrative') && senseOf(clause.cells[at + 1], 'kind')?.kinds.includes(spec.refKind!)),
  );
  if (cells.length > 0)
    return { ...created, nps: clause.nps.filter((np) => np.missing.includes(cells[0]!)), cells };
  const isSaid = clause.nps.some((np) => np.kinds?.includes(spec.refKind!)) || clause.scope.length > 0;
  const others = clause.nps.some((np) => np.prep !== undefined && np.names.length > 0);
  return spec.required && !isSaid && !others ? { ...created, nps: [], cells: [] } : undefined;
}

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

export const fillNames: Filler = (spec, { clause, used, scene }, filled) => {
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

export const fillImage: Filler = (spec, { clause, used, scene }, filled) => {
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

export const fillPlace: Filler = (spec, { clause, used, scene }, filled) => {
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
    for (const np of clause.nps)
      if (np.names.length === 0 && !np.kinds && np.mods.every((one) => one === mod) && np.mods.length > 0)
        used.nps.add(np);
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
  const there = clause.cells.find((cell) => !cell.quoted && /^(there|in there|inside)$/.test(cell.low));
  if (!it && there && created) {
    filled.created = created.step;
    return put(filled, spec.name, created.name, there);
  }
  if (it && created) {
    used.nps.add(it);
    filled.created = created.step;
    return put(filled, spec.name, created.name, it.cells[0]!);
  }
  // "deploy x in it": in the namespace that was spoken of, or none that anybody knows.
  if (!it?.pronoun) return;
  const spoken = scene.antecedents.flatMap((one) => one.ids).map((id) => scene.inventory.get(id));
  const place = spoken.find((one) => one?.kind === 'namespace');
  used.nps.add(it);
  if (place) put(filled, spec.name, place.name, it.cells[0]!);
  else filled.trouble ??= { name: spec.name, candidates: [] };
};

export const fillProvider: Filler = (spec, { clause }, filled) => {
  for (const cell of clause.cells) {
    const provider = senseOf(cell, 'provider');
    if (provider) return put(filled, spec.name, provider.value, cell);
  }
};
