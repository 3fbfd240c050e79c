// Every operation an OpenStack connection can do, one line each, with the services it needs. A new operation is one
// line more here and one handler.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { OperationHandler } from '../../contract.ts';
import type { OpenStack } from '../api/openStack.ts';
import type { Service } from '../client/catalog.ts';
import { deleteImage } from './image/delete.ts';
import { createFloatingIp, createNetwork, createSecurityGroup, createSubnet } from './network/create.ts';
import { deleteFloatingIp, deleteNetwork, deleteSecurityGroup, deleteSubnet } from './network/delete.ts';
import { closePort, openPort } from './network/ports.ts';
import { taggableKinds, tagHandler, untagHandler } from './tags.ts';
import { createVm } from './vm/create.ts';
import { deleteVm } from './vm/delete.ts';
import { assignIp, unassignIp } from './vm/floatingIp.ts';
import { createKeypair, deleteKeypair } from './vm/keypair.ts';
import { lockHandler } from './vm/lock.ts';
import { migrateVm } from './vm/migrate.ts';
import { powerHandler } from './vm/power.ts';
import { rebootVm } from './vm/reboot.ts';
import { rebuildVm } from './vm/rebuild.ts';
import { resizeVm } from './vm/resize.ts';
import { resizeEndHandler } from './vm/resizeEnd.ts';
import { snapshotVm } from './vm/snapshot.ts';
import { attachVolume, detachVolume, resizeVolume } from './volume/change.ts';
import { createVolume, snapshotVolume } from './volume/create.ts';
import { deleteSnapshot, deleteVolume } from './volume/delete.ts';

interface Entry {
  readonly id: OperationId;
  readonly needs: readonly Service[];
  readonly handler: (os: OpenStack) => OperationHandler;
}

const entries: readonly Entry[] = [
  { id: 'create.vm', needs: ['compute', 'image', 'network'], handler: createVm },
  { id: 'delete.vm', needs: ['compute'], handler: deleteVm },
  { id: 'start.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'start') },
  { id: 'stop.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'stop') },
  { id: 'suspend.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'suspend') },
  { id: 'resume.vm', needs: ['compute'], handler: (os) => powerHandler(os, 'resume') },
  { id: 'reboot.vm', needs: ['compute'], handler: rebootVm },
  { id: 'resize.vm', needs: ['compute'], handler: resizeVm },
  { id: 'confirm-resize.vm', needs: ['compute'], handler: (os) => resizeEndHandler(os, 'confirm') },
  { id: 'revert-resize.vm', needs: ['compute'], handler: (os) => resizeEndHandler(os, 'revert') },
  { id: 'migrate.vm', needs: ['compute'], handler: migrateVm },
  { id: 'lock.vm', needs: ['compute'], handler: (os) => lockHandler(os, 'lock') },
  { id: 'unlock.vm', needs: ['compute'], handler: (os) => lockHandler(os, 'unlock') },
  { id: 'rebuild.vm', needs: ['compute', 'image'], handler: rebuildVm },
  { id: 'snapshot.vm', needs: ['compute', 'image'], handler: snapshotVm },
  { id: 'assign-ip.vm', needs: ['compute', 'network'], handler: assignIp },
  { id: 'unassign-ip.vm', needs: ['compute', 'network'], handler: unassignIp },
  { id: 'create.volume', needs: ['volume'], handler: createVolume },
  { id: 'resize.volume', needs: ['volume'], handler: resizeVolume },
  { id: 'attach.volume', needs: ['volume', 'compute'], handler: attachVolume },
  { id: 'detach.volume', needs: ['volume', 'compute'], handler: detachVolume },
  { id: 'snapshot.volume', needs: ['volume'], handler: snapshotVolume },
  { id: 'delete.volume', needs: ['volume'], handler: deleteVolume },
  { id: 'delete.snapshot', needs: ['image'], handler: deleteSnapshot },
  { id: 'delete.image', needs: ['image'], handler: deleteImage },
  { id: 'create.keypair', needs: ['compute'], handler: createKeypair },
  { id: 'delete.keypair', needs: ['compute'], handler: deleteKeypair },
  { id: 'create.network', needs: ['network'], handler: createNetwork },
  { id: 'delete.network', needs: ['network'], handler: deleteNetwork },
  { id: 'create.subnet', needs: ['network'], handler: createSubnet },
  { id: 'delete.subnet', needs: ['network'], handler: deleteSubnet },
  { id: 'create.security-group', needs: ['network'], handler: createSecurityGroup },
  { id: 'delete.security-group', needs: ['network'], handler: deleteSecurityGroup },
  { id: 'open-port.security-group', needs: ['network'], handler: openPort },
  { id: 'close-port.security-group', needs: ['network'], handler: closePort },
  { id: 'create.floating-ip', needs: ['network'], handler: createFloatingIp },
  { id: 'delete.floating-ip', needs: ['network'], handler: deleteFloatingIp },
  ...taggableKinds.flatMap((kind): readonly Entry[] => [
    { id: `tag.${kind}`, needs: [serviceOf(kind)], handler: tagHandler },
    { id: `untag.${kind}`, needs: [serviceOf(kind)], handler: untagHandler },
  ]),
];

/** What can be done here; before the first login all of it, then what the catalog of the cloud allows. */
export function createOperations(os: OpenStack): () => ReadonlyMap<OperationId, OperationHandler> {
  const all = entries.map((entry) => ({ ...entry, made: entry.handler(os) }));
  return () =>
    new Map(
      all
        .filter((entry) => entry.needs.every((service) => os.cloud.has(service) !== false))
        .map((entry) => [entry.id, entry.made]),
    );
}

/** The service that keeps things of a kind. */
function serviceOf(kind: string): Service {
  if (kind === 'vm') return 'compute';
  if (kind === 'volume') return 'volume';
  return kind === 'image' || kind === 'snapshot' ? 'image' : 'network';
}
