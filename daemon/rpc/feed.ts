// Sends one topic to one reader: a whole in parts, then numbered changes. What changes while the reader is behind is
// merged by id; where too much waits, the reader gets a new whole instead. So the memory of a slow reader is bounded
// by the size of the picture, and it always ends up with the truth.

import type { TopicChange } from '../../shared/protocol/messages.ts';
import { limits } from '../config.ts';
import type { OpenSubscription, SubscriptionSink } from './contract.ts';
import { countThatFits } from './parts.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'subscription' | 'sequence'> : never;
/** A change before it gets its subscription and number. */
export type Change = Unnumbered<TopicChange>;

export interface FeedTopic<Item> {
  readonly idOf: (item: Item) => string;
  /** All there is now. */
  readonly whole: () => readonly Item[];
  readonly snapshot: (items: readonly Item[], first: boolean, more: boolean) => Change;
  readonly change: (upserts: readonly Item[], removes: readonly string[]) => Change;
  /** Most items in one change; default as many as fit. */
  readonly perChangeMax?: number;
  /** Listens to the source of the topic. */
  readonly listen: (onChange: (upserts: readonly Item[], removes: readonly string[]) => void) => () => void;
}

export interface Feed<Item> extends OpenSubscription {
  /** First part of the whole, for the answer; the rest follows as snapshot changes. */
  readonly first: readonly Item[];
  readonly total: number;
}

export function createFeed<Item>(
  subscription: number,
  sink: SubscriptionSink,
  topic: FeedTopic<Item>,
  pendingMax: number = limits.subscriptionPendingMax,
): Feed<Item> {
  const upserts = new Map<string, Item>();
  const removes = new Set<string>();
  let rest: { readonly items: readonly Item[]; at: number } | undefined;
  let isStale = false;
  let isStarted = false;
  let sequence = 0;

  const stopListening = topic.listen((changed, gone) => {
    if (isStale) return;
    for (const item of changed) {
      upserts.set(topic.idOf(item), item);
      removes.delete(topic.idOf(item));
    }
    for (const id of gone) {
      upserts.delete(id);
      removes.add(id);
    }
    if (sink.isCongested && upserts.size + removes.size > pendingMax) goStale();
    pump();
  });
  const whole = topic.whole();
  const firstCount = countThatFits(whole, 0);
  if (firstCount < whole.length) rest = { items: whole, at: firstCount };

  function goStale(): void {
    isStale = true;
    upserts.clear();
    removes.clear();
    rest = undefined;
  }
  function send(change: Change): void {
    sequence += 1;
    sink.send({ ...change, subscription, sequence } as TopicChange);
  }
  function pump(): void {
    if (!isStarted) return;
    if (isStale && !sink.isCongested) {
      isStale = false;
      rest = { items: topic.whole(), at: 0 };
    }
    while (rest && !sink.isCongested) sendPart(rest);
    while (!rest && !isStale && upserts.size + removes.size > 0 && !sink.isCongested) sendChange();
  }
  function sendPart(part: { readonly items: readonly Item[]; at: number }): void {
    const start = part.at;
    const end = start + countThatFits(part.items, start);
    part.at = end;
    const hasMore = end < part.items.length;
    if (!hasMore) rest = undefined;
    send(topic.snapshot(part.items.slice(start, end), start === 0, hasMore));
  }
  function sendChange(): void {
    const changed = [...upserts.values()].slice(0, topic.perChangeMax);
    const fitting = changed.slice(0, countThatFits(changed, 0));
    for (const item of fitting) upserts.delete(topic.idOf(item));
    const gone = [...removes].slice(0, pendingMax);
    for (const id of gone) removes.delete(id);
    send(topic.change(fitting, gone));
  }

  return {
    first: whole.slice(0, firstCount),
    total: whole.length,
    start() {
      isStarted = true;
      pump();
    },
    resume: pump,
    dispose: stopListening,
  };
}
