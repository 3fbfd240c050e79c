// Every operation an AWS connection can do, one line each. A new operation is one line more here and one handler.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { OperationHandler } from '../../contract.ts';
import type { Aws } from '../aws.ts';
import { databasePower, rebootDatabase, resizeDatabase, snapshotDatabase } from './database.ts';
import { deleteDatabase } from './databaseDelete.ts';
import { createKeypair } from './keypair.ts';
import { deleteBalancer } from './network/balancer.ts';
import { createFloatingIp, createNetwork, createSecurityGroup, createSubnet } from './network/create.ts';
import {
  deleteFloatingIp,
  deleteImage,
  deleteKeypair,
  deleteNetwork,
  deleteSecurityGroup,
  deleteSnapshot,
  deleteSubnet,
} from './network/delete.ts';
import { closePort, openPort } from './network/ports.ts';
import { taggableKinds, tagHandler, untagHandler } from './tags.ts';
import { assignIp, unassignIp } from './vm/address.ts';
import { createVm } from './vm/create.ts';
import { deleteVm, protectionHandler } from './vm/delete.ts';
import { powerHandler, rebootVm } from './vm/power.ts';
import { resizeVm } from './vm/resize.ts';
import { snapshotVm } from './vm/snapshot.ts';
import { attachVolume, deleteVolume, detachVolume, resizeVolume } from './volume/change.ts';
import { createVolume, snapshotVolume } from './volume/create.ts';
import { restartDeployment, rollbackDeployment, scaleHandler, stopTask } from './workload.ts';

const handlers: Readonly<Record<OperationId, (aws: Aws) => OperationHandler>> = {
  'create.vm': createVm,
  'delete.vm': deleteVm,
  'start.vm': (aws) => powerHandler(aws, 'start'),
  'stop.vm': (aws) => powerHandler(aws, 'stop'),
  'reboot.vm': rebootVm,
  'resize.vm': resizeVm,
  'snapshot.vm': snapshotVm,
  'assign-ip.vm': assignIp,
  'unassign-ip.vm': unassignIp,
  'lock.vm': (aws) => protectionHandler(aws, true),
  'unlock.vm': (aws) => protectionHandler(aws, false),
  'create.volume': createVolume,
  'resize.volume': resizeVolume,
  'attach.volume': attachVolume,
  'detach.volume': detachVolume,
  'snapshot.volume': snapshotVolume,
  'delete.volume': deleteVolume,
  'delete.snapshot': deleteSnapshot,
  'delete.image': deleteImage,
  'create.keypair': createKeypair,
  'delete.keypair': deleteKeypair,
  'delete.load-balancer': deleteBalancer,
  'create.network': createNetwork,
  'delete.network': deleteNetwork,
  'create.subnet': createSubnet,
  'delete.subnet': deleteSubnet,
  'create.security-group': createSecurityGroup,
  'delete.security-group': deleteSecurityGroup,
  'open-port.security-group': openPort,
  'close-port.security-group': closePort,
  'create.floating-ip': createFloatingIp,
  'delete.floating-ip': deleteFloatingIp,
  'start.database': (aws) => databasePower(aws, 'start'),
  'stop.database': (aws) => databasePower(aws, 'stop'),
  'reboot.database': rebootDatabase,
  'resize.database': resizeDatabase,
  'snapshot.database': snapshotDatabase,
  'delete.database': deleteDatabase,
  'scale.deployment': scaleHandler,
  'rollout-restart.deployment': restartDeployment,
  'rollback.deployment': rollbackDeployment,
  'delete.pod': (aws) => stopTask(aws, 'Deletes'),
  'restart.pod': (aws) => stopTask(aws, 'Restarts'),
  ...Object.fromEntries(
    taggableKinds.flatMap((kind) => [
      [`tag.${kind}`, tagHandler],
      [`untag.${kind}`, untagHandler],
    ]),
  ),
};

export function createOperations(aws: Aws): ReadonlyMap<OperationId, OperationHandler> {
  return new Map(Object.entries(handlers).map(([id, make]) => [id, make(aws)]));
}
