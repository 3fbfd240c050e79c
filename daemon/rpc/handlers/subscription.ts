// Subscriptions: a snapshot in the answer, changes after it.

import type { SubscribeResult, Topic } from '../../../shared/protocol/messages.ts';
import type { HandlersOf, RequestContext } from '../contract.ts';
import { createFeed, type Feed, type FeedTopic } from '../feed.ts';
import { incidentTopic, planTopic, resourceTopic, subscribeConnections } from '../topics.ts';

export const subscriptionHandlers: HandlersOf<'subscription'> = {
  'subscription/open': ({ topic, connection }, context) => openers[topic](context, connection),
  'subscription/close': ({ subscription }, context) => ({
    closed: context.closeSubscription(subscription),
  }),
};

const openers: Readonly<
  Record<Topic, (context: RequestContext, connection: string | undefined) => SubscribeResult>
> = {
  connections(context) {
    const { connections } = context.services;
    const subscription = context.addSubscription((id, sink) => subscribeConnections(id, sink, connections));
    return { subscription, sequence: 0, topic: 'connections', connections: connections.list() };
  },
  resources(context, connection) {
    const { subscription, feed } = openFeed(context, resourceTopic(context.services.graph, connection));
    return { subscription, sequence: 0, topic: 'resources', resources: feed.first, total: feed.total };
  },
  plans(context) {
    const { subscription, feed } = openFeed(context, planTopic(context.services.plans));
    return { subscription, sequence: 0, topic: 'plans', plans: feed.first, total: feed.total };
  },
  incidents(context) {
    const { subscription, feed } = openFeed(context, incidentTopic(context.services.watch.incidents));
    return { subscription, sequence: 0, topic: 'incidents', incidents: feed.first, total: feed.total };
  },
};

function openFeed<Item>(
  context: RequestContext,
  topic: FeedTopic<Item>,
): { readonly subscription: number; readonly feed: Feed<Item> } {
  let feed: Feed<Item> | undefined;
  const subscription = context.addSubscription((id, sink) => {
    feed = createFeed(id, sink, topic);
    return feed;
  });
  return { subscription, feed: feed! };
}
