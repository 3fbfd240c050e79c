// Follows one watch of the API server: a stream of lines, one event each, that the server ends now and then by itself.
// Bookmarks move the version on while nothing happens, and show that the stream is alive.

import { StringDecoder } from 'node:string_decoder';
import { ProblemError } from '../../../../shared/model/problem.ts';
import { abortError } from '../../kit/transport.ts';
import type { Kubernetes } from '../kubernetes.ts';
import type { KubeObject } from '../records/objects.ts';
import { metadataOne } from './listing.ts';

export interface WatchEvent<T extends KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
}

export interface Follow<T extends KubeObject> {
  readonly path: string;
  readonly resourceVersion: string;
  readonly metadataOnly?: boolean;
  readonly query?: Readonly<Record<string, string>>;
  readonly what: string;
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent<T>) => void;
  /** The version a later watch can go on from. */
  readonly onVersion: (resourceVersion: string) => void;
}

/** The server ends a watch after this long; it is resumed. */
const watchSeconds = 290;
/** Longest silence: bookmarks come about once a minute. */
const silenceMs = 150_000;
/** Longest line: etcd keeps no larger object, and JSON of it is not much longer. */
const lineCharactersMax = 16 * 1024 * 1024;

/** Until the server ends it. Throws ProblemError; `cloud-conflict` where the version is too old to go on from. */
export async function followWatch<T extends KubeObject>(k8s: Kubernetes, follow: Follow<T>): Promise<void> {
  const stream = await k8s.cluster.stream({
    path: follow.path,
    query: {
      ...follow.query,
      watch: true,
      allowWatchBookmarks: true,
      timeoutSeconds: watchSeconds,
      resourceVersion: follow.resourceVersion,
    },
    ...(follow.metadataOnly ? { accept: metadataOne } : {}),
    idleMs: silenceMs,
    signal: follow.signal,
    what: follow.what,
  });
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of stream.body as AsyncIterable<Buffer>) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop()!;
      if (rest.length > lineCharactersMax) throw new Error('a line without end');
      for (const line of lines) if (line !== '') takeLine(line, follow);
    }
  } catch (error) {
    if (follow.signal.aborted) throw abortError();
    throw k8s.cluster.brokenStream(error, follow.what);
  } finally {
    stream.body.destroy();
  }
  if (follow.signal.aborted) throw abortError();
}

interface Line {
  readonly type: string;
  readonly object: KubeObject & { readonly code?: number; readonly message?: string };
}

function takeLine<T extends KubeObject>(line: string, { onEvent, onVersion, what }: Follow<T>): void {
  const { type, object } = JSON.parse(line) as Line;
  if (type === 'ERROR')
    throw new ProblemError({
      code: object.code === 410 ? 'cloud-conflict' : 'cloud-failed',
      message: `The server ended what was to ${what}: ${object.message ?? 'without a reason'}.`,
    });
  // A bookmark has nothing but a version.
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED')
    onEvent({ type, object: object as unknown as T });
  const version = object.metadata?.resourceVersion;
  if (version) onVersion(version);
}
