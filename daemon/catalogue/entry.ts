// What the entries of all kinds share: how an operation is put together from verb and kind, and the arguments that
// mean the same wherever they stand. Entry files call these; nobody else does.

import {
  changeVerbs,
  destroyVerbs,
  type Kind,
  type OperableKind,
  type Risk,
  readVerbs,
  type Verb,
} from '../../shared/model/kind.ts';
import type { ArgumentSpec, Operation, UndoDraft } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { kindWords } from './kindWords.ts';
import { verbWords } from './verbWords.ts';

export type UndoStep = Parameters<NonNullable<Operation['undo']>>[0];

type Particular = Pick<Operation, 'title' | 'doc'> & Partial<Omit<Operation, 'id' | 'verb' | 'kind'>>;

/** An entry `verb.kind`. Risk follows from the verb; what is particular stands in `entry`. */
export function define(verb: Verb, kind: Kind, entry: Particular): Operation {
  return {
    id: `${verb}.${kind}`,
    verb,
    kind,
    risk: riskOf(verb),
    target: 'many',
    args: [],
    words: verbWords[verb],
    impact: 'none',
    ...entry,
  };
}

function riskOf(verb: Verb): Risk {
  if ((readVerbs as readonly string[]).includes(verb)) return 'read';
  if ((destroyVerbs as readonly string[]).includes(verb)) return 'destroy';
  if ((changeVerbs as readonly string[]).includes(verb)) return 'change';
  throw new Error(`${verb} needs an explicit risk`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The one undo that is the opposite verb on the same target. */
export function opposite(verb: Verb, kind: Kind, args: UndoDraft['args'] = {}): Operation['undo'] {
  return ({ before }) => before && { operation: `${verb}.${kind}`, target: before.id, args };
}

/** Undo of a create: delete what was made, and nothing where it is not known what that was. */
export function deleteCreated(kind: Kind): Operation['undo'] {
  return ({ createdId }) =>
    createdId === undefined ? undefined : { operation: `delete.${kind}`, target: createdId, args: {} };
}

/** Undo that sets one attribute back to what it was. */
export function setBack(verb: Verb, kind: Kind, attribute: string, argument = attribute): Operation['undo'] {
  return ({ before }) => {
    const was = before?.attributes[attribute];
    if (!before || was === undefined || was === null) return undefined;
    return { operation: `${verb}.${kind}`, target: before.id, args: { [argument]: was } };
  };
}

export const nameArg: ArgumentSpec = {
  name: 'name',
  type: 'name',
  required: true,
  doc: 'Name it gets.',
  words: ['named', 'called', 'name', 'with name', 'with the name', 'name it', 'call it'],
};
export const regionArg: ArgumentSpec = {
  name: 'region',
  type: 'text',
  doc: 'Region it is made in.',
  words: ['in', 'region', 'in region'],
};
export const namespaceArg: ArgumentSpec = {
  name: 'namespace',
  type: 'text',
  doc: 'Namespace it is made in.',
  words: ['in', 'namespace', 'into'],
};
export const countArg: ArgumentSpec = {
  name: 'agg',
  type: 'choice',
  choices: ['count'],
  doc: 'Only how many there are.',
  words: ['how many', 'count', 'number of'],
};
export const timeArgs: readonly ArgumentSpec[] = [
  { name: 'window_s', type: 'seconds', min: 1, doc: 'Length of the time range that ends now, in seconds.' },
  { name: 'from', type: 'time', doc: 'Begin of the time range, ISO 8601 UTC.' },
  { name: 'to', type: 'time', doc: 'End of the time range, ISO 8601 UTC.' },
];
export const metricArg: ArgumentSpec = {
  name: 'metric',
  type: 'metric',
  doc: 'Which metric: cpu, memory, disk, network, latency, error-rate, requests, iops or restarts.',
};
export const imageArg: ArgumentSpec = {
  name: 'image',
  type: 'text',
  doc: 'Container image with tag.',
  words: ['image', 'with image', 'to', 'using'],
};
export const replicasArg: ArgumentSpec = {
  name: 'replicas',
  type: 'integer',
  min: 0,
  max: 10_000,
  doc: 'How many copies are wanted.',
  words: ['to', 'replicas', 'with', 'copies', 'pods', 'instances'],
};

type ReadVerb = 'list' | 'show' | 'logs' | 'metrics' | 'explain' | 'forecast';

const readEntry: Readonly<Record<ReadVerb, (kind: OperableKind) => Operation>> = {
  list: (kind) =>
    define('list', kind, {
      title: `List ${kindWords[kind].plural}`,
      doc: `Lists ${kindWords[kind].plural}, all or those that fit.`,
      target: 'optional',
      args: [countArg],
    }),
  show: (kind) =>
    define('show', kind, {
      title: `Show ${kindWords[kind].noun}`,
      doc: `Shows all that is known of a ${kindWords[kind].noun}: state, attributes, what hangs on it.`,
    }),
  logs: (kind) =>
    define('logs', kind, {
      title: `Show logs of ${kindWords[kind].noun}`,
      doc: `Shows the last lines of the log of a ${kindWords[kind].noun}.`,
      args: [
        ...timeArgs,
        { name: 'lines', type: 'integer', min: 1, max: 2_000, doc: 'How many lines, the last ones.' },
        {
          name: 'grep',
          type: 'text',
          doc: 'Only lines with this text.',
          words: ['grep', 'containing', 'with', 'matching'],
        },
        { name: 'previous', type: 'boolean', doc: 'Log of the container before its last restart.' },
      ],
    }),
  metrics: (kind) =>
    define('metrics', kind, {
      title: `Show metrics of ${kindWords[kind].plural}`,
      doc: `Shows a metric of ${kindWords[kind].plural} over a time range, or those with the highest value.`,
      target: 'optional',
      args: [
        metricArg,
        ...timeArgs,
        { name: 'top', type: 'integer', min: 1, max: 500, doc: 'Only so many, the highest first.' },
        {
          name: 'agg',
          type: 'choice',
          choices: ['avg', 'max', 'min', 'sum', 'p50', 'p95', 'p99'],
          doc: 'How values are put together.',
        },
      ],
    }),
  explain: (kind) =>
    define('explain', kind, {
      title: `Explain ${kindWords[kind].noun}`,
      doc: `Looks for the cause of what is wrong with a ${kindWords[kind].noun}: findings, alerts, changes, neighbours.`,
      args: timeArgs,
    }),
  forecast: (kind) =>
    define('forecast', kind, {
      title: `Forecast ${kindWords[kind].noun}`,
      doc: `Foresees a metric of a ${kindWords[kind].noun}: when a disk is full, when memory runs out.`,
      args: [
        metricArg,
        { name: 'horizon_s', type: 'seconds', min: 1, doc: 'How far to look ahead, in seconds.' },
      ],
    }),
};

/** The reads of a kind. */
export function reads(kind: OperableKind, verbs: readonly ReadVerb[]): readonly Operation[] {
  return verbs.map((verb) => readEntry[verb](kind));
}

/** Tagging and untagging a kind, each the other's undo with the values as they were. */
export function tagging(kind: OperableKind, what: 'tag' | 'label' = 'tag'): readonly Operation[] {
  const noun = kindWords[kind].noun;
  return [
    define('tag', kind, {
      title: `${capital(what)} ${noun}`,
      doc: `Sets ${what}s of a ${noun}; other ${what}s stay.`,
      args: [
        {
          name: 'tags',
          type: 'tags',
          required: true,
          doc: `Names and values of the ${what}s.`,
          words: ['with'],
        },
      ],
      undo: ({ before, args }) => before && tagsBack(before, Object.keys(objectOf(args.tags)), kind),
    }),
    define('untag', kind, {
      title: `Remove ${what}s of ${noun}`,
      doc: `Removes ${what}s of a ${noun} by name.`,
      args: [{ name: 'keys', type: 'keys', required: true, doc: `Names of the ${what}s to remove.` }],
      undo: ({ before, args }) => before && tagsBack(before, listOf(args.keys), kind),
    }),
  ];
}

/** Sets the named tags back as they were; where none of them was there, they are removed. */
function tagsBack(before: Resource, names: readonly string[], kind: Kind): UndoDraft | undefined {
  const had = names.filter((name) => Object.hasOwn(before.tags, name));
  if (had.length > 0) {
    // One undo is one operation: names that were not there before stay, and the preview of the undo shows it.
    return {
      operation: `tag.${kind}`,
      target: before.id,
      args: { tags: Object.fromEntries(had.map((name) => [name, before.tags[name]!])) },
    };
  }
  return names.length === 0
    ? undefined
    : { operation: `untag.${kind}`, target: before.id, args: { keys: [...names] } };
}

/** Deleting a kind. It has no undo. */
export function deleting(kind: OperableKind, doc: string, more: Partial<Operation> = {}): Operation {
  return define('delete', kind, {
    title: `Delete ${kindWords[kind].noun}`,
    doc,
    becomes: ['gone'],
    impact: 'loses-data',
    ...more,
  });
}

function objectOf(value: Json | undefined): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })
    : {};
}

function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
