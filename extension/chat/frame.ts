// What stands around the conversation: the daemon's state, the connection sentences are about, and what a newcomer
// could ask, made of what is really there. Pure.

import type { ModelStatus } from '../../shared/model/languageModel.ts';
import type { PanelConnection, PanelReader, Reader, ToChat } from '../../shared/panel/chat.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { ResourceStore } from '../state/resources.ts';

export interface FrameSources {
  readonly daemon: Pick<DaemonLink, 'state'>;
  readonly connections: Pick<ConnectionStore, 'active' | 'list'>;
  readonly resources: Pick<ResourceStore, 'list'>;
  readonly reader?: Reader;
  readonly model?: ModelStatus;
}

export function frameOf({
  daemon,
  connections,
  resources,
  reader,
  model,
}: FrameSources): Extract<ToChat, { type: 'state' }> {
  const { active } = connections;
  const connection: PanelConnection | undefined = active && {
    id: active.id,
    name: active.name,
    environment: active.environment,
    mode: active.mode,
    simulated: active.simulated,
  };
  const place = active ?? connections.list().find(({ mode }) => mode === 'confirm') ?? connections.list()[0];
  return {
    type: 'state',
    daemon: daemon.state,
    connection,
    suggestions: place ? suggestionsFor(place.id, resources) : [],
    reader: readerOf(reader ?? 'auto', model),
  };
}

function readerOf(choice: Reader, status: ModelStatus | undefined): PanelReader {
  if (!status || status.state === 'off') return { choice: choice === 'model' ? 'auto' : choice };
  return {
    choice,
    model: status.model ?? `${status.preset} model`,
    ...(status.problem && { away: [status.problem.message, status.problem.fix].filter(Boolean).join(' ') }),
  };
}

/** Only sentences about things that are there, so that the first try works. */
function suggestionsFor(connection: string, resources: Pick<ResourceStore, 'list'>): readonly string[] {
  const vms = [...resources.list(connection, 'vm')];
  const flavors = [...resources.list(connection, 'flavor')].map((flavor) => flavor.name).sort();
  const running = vms.find((vm) => vm.status === 'running' || vm.status === 'active');
  const suggestions: string[] = [];
  const flavor = flavors.includes('S.4') ? 'S.4' : flavors[0];
  if (flavor) suggestions.push(`Create ${flavor} VM named dev-box`);
  if (vms.length > 0) suggestions.push('Which VMs are stopped?');
  if (running) suggestions.push(`Stop ${running.name}`);
  if ([...resources.list(connection, 'volume')].length > 0)
    suggestions.push('List volumes that are not attached');
  return suggestions;
}
