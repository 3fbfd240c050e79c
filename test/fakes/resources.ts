// Resources for tests: believable, small, all of one shape.

import type { Connection } from '../../shared/model/connection.ts';
import type { Resource } from '../../shared/model/resource.ts';

export function fakeVm(name: string, more: Partial<Resource> = {}): Resource {
  const connection = more.connection ?? 'lab';
  return {
    id: `${connection}:vm/${name}`,
    connection,
    provider: 'sandbox',
    kind: 'vm',
    name,
    status: 'running',
    health: 'ok',
    tags: {},
    attributes: { flavor: 'S.4' },
    ...more,
  };
}

export function fakeVms(count: number, more: Partial<Resource> = {}): readonly Resource[] {
  return Array.from({ length: count }, (_, i) => fakeVm(`web-${String(i).padStart(5, '0')}`, more));
}

export function fakeConnection(id = 'lab', more: Partial<Connection> = {}): Connection {
  return {
    id,
    provider: 'sandbox',
    name: id,
    environment: 'dev',
    mode: 'confirm',
    state: 'connected',
    simulated: true,
    origin: 'test',
    operations: ['list.vm', 'stop.vm', 'start.vm', 'create.vm', 'delete.vm'],
    resourceCount: 0,
    ...more,
  };
}
