// A manifest as text: which objects it holds, whether each is one that can be applied, and where in the text it is
// wrong. Secrets are refused: what is applied is shown, journaled and audited. Pure; asks no server.

import { type Document, isMap, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { ManifestCheck, ManifestObject, ManifestProblem } from '../../../../shared/model/manifest.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { limits } from '../../../config.ts';
import { clean } from '../client/problems.ts';
import { isMapping, textOf } from '../config/kubeconfig.ts';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
}

type Read = { readonly object: Manifest } | { readonly message: string; readonly fix: string };

/** One object as YAML or JSON, without what the server keeps for itself. Throws ProblemError. */
export function parseManifest(text: string): Manifest {
  const documents = documentsOf(text);
  const broken = documents.find((one) => one.errors.length > 0)?.errors[0];
  if (broken) throw bad(`The manifest is not valid YAML: ${clean(broken.message)}`, 'Correct it.');
  const objects = documents.map(contentOf).filter((one) => one !== null && one !== undefined);
  if (objects.length > 1)
    throw bad(`The manifest has ${objects.length} objects.`, 'Apply them one by one, so that each is shown.');
  const read = readObject(objects[0]);
  if ('message' in read) throw bad(read.message, read.fix);
  return read.object;
}

/** What a text comes to; `base` is the text as it was opened, about whose object it has to stay. */
export function checkText(text: string, base?: string): ManifestCheck {
  const lines = new LineCounter();
  const problems: ManifestProblem[] = [];
  const tell = (from: number, to: number, message: string) =>
    problems.push({ ...placeIn(lines, from, to), message });
  const objects: (ManifestObject & { readonly kind: string })[] = [];
  const documents = documentsOf(text, lines);
  for (const document of documents) {
    for (const { pos, message } of document.errors)
      tell(pos[0], pos[1], clean(message.split(/ at line \d+/)[0]!));
    if (document.errors.length > 0) continue;
    const [start, end] = rangeOf(document);
    let value: unknown;
    try {
      value = contentOf(document);
    } catch (error) {
      tell(start, start + 1, (error as ProblemError).problem.message);
      continue;
    }
    if (value === null || value === undefined) continue;
    const read = readObject(value);
    if ('message' in read) {
      tell(...rangeAt(document, 'kind', [start, start + 1]), `${read.message} ${read.fix}`);
      continue;
    }
    const part = documents.length === 1 ? text : text.slice(start, end);
    if (part.length > limits.manifestCharactersMax)
      tell(
        start,
        start + 1,
        `It is longer than ${limits.manifestCharactersMax} characters. Apply a shorter one.`,
      );
    const { line } = placeIn(lines, start, start);
    objects.push({ title: titleOf(read.object), text: part, line, kind: read.object.kind });
    if (base !== undefined) tellMoved(document, read.object, parseManifest(base), tell);
  }
  if (base !== undefined && objects.length > 1)
    tell(0, 1, 'This is about one object: keep others in a file of their own and apply that.');
  if (objects.length === 0 && problems.length === 0)
    tell(0, 1, 'There is no object in it. It needs apiVersion, kind and metadata.name.');
  return { objects: inOrder(objects), problems };
}

/** "Deployment shop/web". */
export function titleOf({ kind, metadata }: Manifest): string {
  const namespace = textOf(metadata.namespace);
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${metadata.name}`;
}

function documentsOf(text: string, lineCounter?: LineCounter): readonly Document.Parsed[] {
  const found = parseAllDocuments(text, { logLevel: 'silent', ...(lineCounter ? { lineCounter } : {}) });
  return Array.isArray(found) ? found : [];
}

/** An alias that unfolds without end is no value. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw bad(`The manifest cannot be read: ${clean((error as Error).message)}`, 'Correct it.');
  }
}

function readObject(value: unknown): Read {
  if (!isMapping(value) || !isMapping(value.metadata))
    return {
      message: 'This is no manifest of an object.',
      fix: 'It needs apiVersion, kind and metadata.name.',
    };
  const { apiVersion, kind, metadata, status: _status, ...rest } = value;
  const name = textOf(metadata.name);
  if (!textOf(apiVersion) || !textOf(kind) || name === undefined)
    return {
      message: 'The manifest does not say what it is.',
      fix: 'It needs apiVersion, kind and metadata.name.',
    };
  if (kind === 'Secret')
    return {
      message: 'Pilothouse takes no secrets.',
      fix: "Apply it with kubectl, or by the cluster's own tools.",
    };
  const {
    managedFields: _managed,
    resourceVersion: _version,
    uid: _uid,
    generation: _generation,
    creationTimestamp: _created,
    selfLink: _link,
    ...kept
  } = metadata;
  const object = { ...rest, apiVersion: String(apiVersion), kind: String(kind), metadata: { ...kept, name } };
  return { object };
}

/** What tells one object from another may not be edited: with another name it would be another one, made anew. */
function tellMoved(
  document: Document.Parsed,
  now: Manifest,
  before: Manifest,
  tell: (from: number, to: number, message: string) => void,
): void {
  const groupOf = ({ apiVersion }: Manifest) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');
  const fields = [
    ['apiVersion', groupOf(now), groupOf(before), before.apiVersion],
    ['kind', now.kind, before.kind, before.kind],
    ['metadata.name', now.metadata.name, before.metadata.name, before.metadata.name],
    ['metadata.namespace', now.metadata.namespace, before.metadata.namespace, before.metadata.namespace],
  ] as const;
  for (const [field, is, was, shown] of fields)
    if (is !== was)
      tell(
        ...rangeAt(document, field, rangeAt(document, 'metadata', rangeOf(document))),
        `${field} was ${String(shown)} and cannot be changed here: that would be another object. Put it into a file of its own and apply that.`,
      );
}

/** Kinds that others need, in the order in which Helm installs them (its `kind_sorter.go`); other kinds come last. */
const early = [
  ['Namespace'],
  ['NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy', 'PodDisruptionBudget'],
  ['ServiceAccount', 'ConfigMap'],
  ['StorageClass', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['CustomResourceDefinition', 'PriorityClass', 'IngressClass'],
  ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  ['Service'],
  ['DaemonSet', 'Pod', 'ReplicaSet', 'Deployment', 'StatefulSet', 'Job', 'CronJob'],
  ['HorizontalPodAutoscaler', 'Ingress', 'APIService'],
];

function inOrder(
  objects: readonly (ManifestObject & { readonly kind: string })[],
): readonly ManifestObject[] {
  const rankOf = (kind: string) => {
    const rank = early.findIndex((kinds) => kinds.includes(kind));
    return rank < 0 ? early.length : rank;
  };
  return objects
    .toSorted((a, b) => rankOf(a.kind) - rankOf(b.kind))
    .map(({ title, text, line }) => ({ title, text, line }));
}

function rangeOf(document: Document.Parsed): readonly [number, number] {
  const [start, end] = document.contents?.range ?? document.range;
  return [start, Math.max(end, start + 1)];
}

function rangeAt(
  document: Document.Parsed,
  field: string,
  otherwise: readonly [number, number],
): readonly [number, number] {
  const path = field.split('.');
  const holder = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(holder)
    ? holder.items.find((one) => isNode(one.key) && String(one.key) === path.at(-1))
    : undefined;
  const from = isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  const to = isNode(pair?.value) && !isMap(pair.value) ? pair.value.range?.[1] : undefined;
  if (from === undefined) return [otherwise[0], Math.min(otherwise[1], otherwise[0] + 1)];
  return [from, to ?? from + path.at(-1)!.length];
}

function placeIn(lines: LineCounter, from: number, to: number) {
  const [start, end] = [lines.linePos(from), lines.linePos(Math.max(to, from))];
  return {
    line: Math.max(0, start.line - 1),
    column: Math.max(0, start.col - 1),
    endLine: Math.max(0, end.line - 1),
    endColumn: Math.max(0, end.col - 1),
  };
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}
