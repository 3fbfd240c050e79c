// Fills the stores from the daemon and says how it fares: topics are followed, the catalogue is read on each new
// line and when connections come or go, and context keys tell the welcome views what to say.

import * as vscode from 'vscode';
import type { Plan } from '../../shared/model/plan.ts';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonState } from '../../shared/panel/chat.ts';
import type { CatalogueStore } from '../state/catalogue.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { IncidentStore } from '../state/incidents.ts';
import type { PlanStore } from '../state/plans.ts';
import type { ResourceStore } from '../state/resources.ts';
import type { DaemonLink } from './link.ts';

export interface Stores {
  readonly daemon: DaemonLink;
  readonly catalogue: CatalogueStore;
  readonly connections: ConnectionStore;
  readonly plans: PlanStore;
  readonly incidents: IncidentStore;
  readonly resources: ResourceStore;
}

export interface Followers {
  readonly onPlan: (plan: Plan) => void;
  readonly onReady: () => Promise<void>;
  readonly log: (line: string) => void;
}

export function followDaemon(stores: Stores, followers: Followers): void {
  const { daemon, connections, resources, plans } = stores;
  let abilities = '';
  const readCatalogue = () => {
    daemon
      .request('catalogue/list')
      .then(({ operations }) => stores.catalogue.replaceAll(operations))
      .catch((error: unknown) => followers.log(`catalogue: ${problemOf(error).message}`));
  };
  daemon.follow('connections', {
    onSnapshot: (list) => {
      connections.replaceAll(list);
      const now = list
        .map(({ id, operations }) => `${id}:${operations.join(',')}`)
        .sort()
        .join(';');
      if (now !== abilities) readCatalogue();
      abilities = now;
    },
  });
  daemon.follow('resources', {
    onSnapshot: (list) => resources.replaceAll(list),
    onChange: (change) => resources.apply(change),
  });
  daemon.follow('plans', {
    onSnapshot: (list) => plans.replaceAll(list),
    onChange: (plan) => plans.put(plan),
  });
  daemon.follow('incidents', {
    onSnapshot: (list) => stores.incidents.replaceAll(list),
    onChange: (change) => stores.incidents.apply(change),
  });
  plans.onDidChange((plan) => {
    if (plan) followers.onPlan(plan);
    else for (const known of plans.list()) followers.onPlan(known);
  });
  daemon.onDidChangeState((state) => {
    if (state.kind !== 'ready') return;
    abilities = '';
    followers.onReady().catch((error: unknown) => followers.log(`chat: ${problemOf(error).message}`));
  });
}

/** Draws the frame again when something in it changed, and tells a person once when they have to do something. */
export function watchDaemon({ daemon, connections, resources }: Stores, drawFrame: () => void): void {
  let shown: DaemonState['kind'] | undefined;
  const tell = (state: DaemonState) => {
    void vscode.commands.executeCommand('setContext', 'pilothouse.daemon', state.kind);
    drawFrame();
    if (state.kind === 'failed' && shown !== 'failed') void showFailure(state);
    shown = state.kind;
  };
  daemon.onDidChangeState(tell);
  connections.onDidChange(drawFrame);
  resources.onDidChange((change) => {
    if (change.kind === 'all') drawFrame();
  });
  tell(daemon.state);
}

async function showFailure(state: Extract<DaemonState, { kind: 'failed' }>): Promise<void> {
  const restart = 'Restart Daemon';
  const pressed = await vscode.window.showErrorMessage(
    [state.message, state.fix].filter(Boolean).join(' '),
    restart,
    'Show Log',
  );
  if (!pressed) return;
  await vscode.commands.executeCommand(
    pressed === restart ? 'pilothouse.daemon.restart' : 'pilothouse.log.show',
  );
}
