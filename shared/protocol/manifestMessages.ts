// The messages about manifests and about the parts of a log. Part of the one table (`messages.ts`).

import { z } from 'zod';
import type { Manifest, ManifestCheck } from '../model/manifest.ts';

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

const id = z.string().min(1).max(500);
/** As long as an operation takes one at most, and a file of several. */
const text = z.string().max(1024 * 1024);

export const manifestRequests = {
  'manifest/read': {
    params: z.object({ id }),
    result: result<Manifest>(),
    since: 2,
    doc: "A resource as it stands in its cloud now, as YAML fit to be edited; never a secret. For a person's session only.",
  },
  'manifest/check': {
    params: z.object({
      connection: id,
      text,
      /** As it was when it was opened: the text has to stay about that one object. */
      base: text.optional(),
    }),
    result: result<ManifestCheck>(),
    since: 2,
    doc: 'What objects a text holds, in the order in which they can be applied, and what is wrong with it. Asks no cloud.',
  },
  'resource/logParts': {
    params: z.object({ id }),
    result: result<{ readonly parts: readonly string[] }>(),
    since: 2,
    doc: 'Names of the parts of which the log of a resource can be asked for alone, e.g. containers.',
  },
} as const;
