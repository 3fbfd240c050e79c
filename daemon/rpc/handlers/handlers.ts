// All handlers, one file a topic. The type makes sure that no method of the table is without one.

import type { Handlers } from '../contract.ts';
import { aliasHandlers } from './alias.ts';
import { auditHandlers } from './audit.ts';
import { catalogueHandlers } from './catalogue.ts';
import { chatHandlers } from './chat.ts';
import { connectionHandlers } from './connection.ts';
import { correctionHandlers } from './correction.ts';
import { graphHandlers } from './graph.ts';
import { manifestHandlers } from './manifest.ts';
import { modelHandlers } from './model.ts';
import { neo4jHandlers } from './neo4j.ts';
import { planHandlers } from './plan.ts';
import { interpretHandlers, requestHandlers } from './request.ts';
import { resourceHandlers } from './resource.ts';
import { sessionHandlers } from './session.ts';
import { stateHandlers } from './state.ts';
import { statusHandlers } from './status.ts';
import { subscriptionHandlers } from './subscription.ts';
import { terminalHandlers } from './terminal.ts';
import {
  failureHandlers,
  incidentHandlers,
  muteHandlers,
  networkHandlers,
  seriesHandlers,
  watchHandlers,
} from './watch.ts';

export const handlers: Handlers = {
  ...sessionHandlers,
  ...statusHandlers,
  ...catalogueHandlers,
  ...connectionHandlers,
  ...resourceHandlers,
  ...manifestHandlers,
  ...graphHandlers,
  ...subscriptionHandlers,
  ...interpretHandlers,
  ...requestHandlers,
  ...planHandlers,
  ...auditHandlers,
  ...stateHandlers,
  ...chatHandlers,
  ...aliasHandlers,
  ...correctionHandlers,
  ...modelHandlers,
  ...watchHandlers,
  ...seriesHandlers,
  ...incidentHandlers,
  ...muteHandlers,
  ...networkHandlers,
  ...terminalHandlers,
  ...neo4jHandlers,
  ...failureHandlers,
};
