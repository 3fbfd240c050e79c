// Keeps a picture of a topic whole: puts the parts of a snapshot together, hands on numbered changes in order, and
// subscribes again where a number is missing. The listener gets either a whole or a change to the last whole, never
// a part. It lives as long as its client; a session that reconnects subscribes again on the new one.

import type { Connection } from '../model/connection.ts';
import type { Incident } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import { type Problem, problemOf } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Client } from './client.ts';
import type { SubscribeResult, Topic, TopicChange } from './messages.ts';

/** What a listener of each topic is told. A whole replaces everything known before. */
export interface TopicHandlers {
  readonly connections: { readonly onSnapshot: (connections: readonly Connection[]) => void };
  readonly resources: {
    readonly onSnapshot: (resources: readonly Resource[]) => void;
    readonly onChange: (change: {
      readonly upserts: readonly Resource[];
      readonly removes: readonly string[];
    }) => void;
  };
  readonly plans: {
    readonly onSnapshot: (plans: readonly Plan[]) => void;
    readonly onChange: (plan: Plan) => void;
  };
  readonly incidents: {
    readonly onSnapshot: (incidents: readonly Incident[]) => void;
    readonly onChange: (change: {
      readonly upserts: readonly Incident[];
      readonly removes: readonly string[];
    }) => void;
  };
}

export interface SubscribeOptions {
  /** Only this connection (topic `resources`). */
  readonly connection?: string;
  /** Told when the subscription cannot be had; it is not tried again on this client. */
  readonly onProblem?: (problem: Problem) => void;
}

export interface Subscription {
  dispose(): void;
}

/** Subscribes to `topic` on this client. Resolves nothing: the first whole comes to `onSnapshot`. */
export function subscribe<T extends Topic>(
  client: Client,
  topic: T,
  handlers: TopicHandlers[T],
  options: SubscribeOptions = {},
): Subscription {
  let current: { readonly subscription: number; sequence: number } | undefined;
  let isDisposed = false;
  const assembler = createAssembler(topic, handlers);
  const stopListening = client.onNotification('subscription/didChange', (change) => {
    if (isDisposed || change.subscription !== current?.subscription) return;
    if (change.sequence !== current.sequence + 1) return reopen();
    current.sequence = change.sequence;
    assembler.change(change);
  });

  function open(): void {
    const params = { topic, ...(options.connection !== undefined && { connection: options.connection }) };
    const onResult = (result: SubscribeResult): void => {
      if (isDisposed) {
        closeRemote(result.subscription);
        return;
      }
      current = { subscription: result.subscription, sequence: result.sequence };
      assembler.begin(result);
    };
    client.request('subscription/open', params, { onResult }).catch((error: unknown) => {
      if (!isDisposed) options.onProblem?.(problemOf(error));
    });
  }
  function closeRemote(subscription: number): void {
    if (!client.closed) client.request('subscription/close', { subscription }).catch(() => {});
  }
  function reopen(): void {
    const lost = current;
    current = undefined;
    if (lost) closeRemote(lost.subscription);
    open();
  }

  open();
  return {
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      stopListening();
      if (current) closeRemote(current.subscription);
    },
  };
}

interface Assembler {
  begin(result: SubscribeResult): void;
  change(change: TopicChange): void;
}

function createAssembler(topic: Topic, handlers: TopicHandlers[Topic]): Assembler {
  switch (topic) {
    case 'connections':
      return assembleConnections(handlers as TopicHandlers['connections']);
    case 'resources':
      return assembleResources(handlers as TopicHandlers['resources']);
    case 'plans':
      return assemblePlans(handlers as TopicHandlers['plans']);
    case 'incidents':
      return assembleIncidents(handlers as TopicHandlers['incidents']);
  }
}

function assembleConnections(handlers: TopicHandlers['connections']): Assembler {
  const take = (value: SubscribeResult | TopicChange): void => {
    if (value.topic === 'connections') handlers.onSnapshot(value.connections);
  };
  return { begin: take, change: take };
}

function assembleResources(handlers: TopicHandlers['resources']): Assembler {
  const parts = collect<Resource>(handlers.onSnapshot);
  return {
    begin(result) {
      if (result.topic === 'resources')
        parts.add(result.resources, true, result.total > result.resources.length);
    },
    change(change) {
      if (change.topic !== 'resources') return;
      if ('snapshot' in change) parts.add(change.snapshot, change.first, change.more);
      else handlers.onChange({ upserts: change.upserts, removes: change.removes });
    },
  };
}

function assemblePlans(handlers: TopicHandlers['plans']): Assembler {
  const parts = collect<Plan>(handlers.onSnapshot);
  return {
    begin(result) {
      if (result.topic === 'plans') parts.add(result.plans, true, result.total > result.plans.length);
    },
    change(change) {
      if (change.topic !== 'plans') return;
      if ('snapshot' in change) parts.add(change.snapshot, change.first, change.more);
      else handlers.onChange(change.plan);
    },
  };
}

function assembleIncidents(handlers: TopicHandlers['incidents']): Assembler {
  const parts = collect<Incident>(handlers.onSnapshot);
  return {
    begin(result) {
      if (result.topic === 'incidents')
        parts.add(result.incidents, true, result.total > result.incidents.length);
    },
    change(change) {
      if (change.topic !== 'incidents') return;
      if ('snapshot' in change) parts.add(change.snapshot, change.first, change.more);
      else handlers.onChange({ upserts: change.upserts, removes: change.removes });
    },
  };
}

function collect<T>(onWhole: (items: readonly T[]) => void) {
  let items: T[] = [];
  return {
    add(part: readonly T[], isFirst: boolean, hasMore: boolean): void {
      if (isFirst) items = [];
      for (const item of part) items.push(item);
      if (hasMore) return;
      const whole = items;
      items = [];
      onWhole(whole);
    },
  };
}
