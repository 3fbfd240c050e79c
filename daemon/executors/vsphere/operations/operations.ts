// Every operation a vSphere connection can do, one line each.

import type { OperationId } from '../../../../shared/model/kind.ts';
import type { OperationHandler } from '../../contract.ts';
import type { Vsphere } from '../vsphere.ts';
import { createVm } from './create.ts';
import { deleteVm } from './delete.ts';
import { drainHost, uncordonHost } from './maintenance.ts';
import { migrateVm } from './migrate.ts';
import { powerHandler, rebootVm } from './power.ts';
import { resizeVm } from './resize.ts';
import { revertVm } from './revert.ts';
import { deleteSnapshot, snapshotVm } from './snapshots.ts';
import { tagVm, untagVm } from './tags.ts';

export function createOperations(vs: Vsphere): ReadonlyMap<OperationId, OperationHandler> {
  return new Map<OperationId, OperationHandler>([
    ['create.vm', createVm(vs)],
    ['delete.vm', deleteVm(vs)],
    ['start.vm', powerHandler(vs, 'start')],
    ['stop.vm', powerHandler(vs, 'stop')],
    ['suspend.vm', powerHandler(vs, 'suspend')],
    ['resume.vm', powerHandler(vs, 'resume')],
    ['reboot.vm', rebootVm(vs)],
    ['resize.vm', resizeVm(vs)],
    ['migrate.vm', migrateVm(vs)],
    ['snapshot.vm', snapshotVm(vs)],
    ['rollback.vm', revertVm(vs)],
    ['delete.snapshot', deleteSnapshot(vs)],
    ['tag.vm', tagVm(vs)],
    ['untag.vm', untagVm(vs)],
    ['drain.host', drainHost(vs)],
    ['uncordon.host', uncordonHost(vs)],
  ]);
}
