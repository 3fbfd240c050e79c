// resize.vm: other processors and memory by a reconfiguration. A running VM takes more only where it was allowed to
// (hot add), and less never; the preview asks the VM itself.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Resource } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, previewOf, textArgument } from '../../kit/preview.ts';
import { changeRecipe } from '../../kit/recipes.ts';
import { textOf } from '../client/node.ts';
import { element } from '../client/xml.ts';
import type { Vsphere } from '../vsphere.ts';
import { parseSize, type Size } from './sizes.ts';
import { privilegeNotes, propertiesOf, questionNotes, refOfResource, runOnTarget } from './task.ts';

const privileges = ['VirtualMachine.Config.CPUCount', 'VirtualMachine.Config.Memory'];

export function resizeVm(vs: Vsphere): OperationHandler {
  return changeRecipe(vs, {
    noun: 'VM',
    preview: async (now, { args, signal }) => {
      const text = textArgument(args, 'flavor') ?? '';
      const size = parseSize(text);
      if (!size)
        return previewOf(`Resizes ${now.name}.`, {
          notes: [
            blocker(
              `“${text}” is no size here.`,
              'Say processors and memory in GB, such as 4x16 for 4 and 16 GB.',
            ),
          ],
        });
      if (now.attributes.flavor === size.name)
        return previewOf(`Nothing: ${now.name} has ${size.name} already.`, { idle: true });
      return previewOf(`Gives ${now.name} ${size.vcpus} processors and ${size.ramMb / 1024} GB of memory.`, {
        changes: [
          { field: 'vcpus', before: now.attributes.vcpus, after: size.vcpus },
          { field: 'ram_gb', before: now.attributes.ram_gb, after: size.ramMb / 1024 },
        ],
        notes: [
          ...questionNotes(now),
          ...(await stateNotes(vs, now, size, signal)),
          ...(await privilegeNotes(vs, refOfResource(now), privileges, `resize the VM ${now.name}`, signal)),
        ],
        resolvedArgs: { flavor: size.name },
      });
    },
    isDone: (now, { args }) => now.attributes.flavor === parseSize(textArgument(args, 'flavor') ?? '')?.name,
    write: async (context, now) => {
      const size = parseSize(textArgument(context.args, 'flavor') ?? '');
      if (!size) return;
      const version = now.version === undefined ? [] : [element('changeVersion', now.version)];
      const spec = element('spec', [
        ...version,
        element('numCPUs', size.vcpus),
        element('memoryMB', size.ramMb),
      ]);
      await runOnTarget(vs, context, 'ReconfigVM_Task', `resize the VM ${now.name}`, [spec]);
    },
  });
}

async function stateNotes(
  vs: Vsphere,
  now: Resource,
  size: Size,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  if (now.status === 'stopped') return [];
  if (now.status !== 'running') return [blocker(`${now.name} is ${now.status}.`, 'Stop it first.')];
  const paths = ['config.cpuHotAddEnabled', 'config.memoryHotAddEnabled'];
  const found = await propertiesOf(vs, refOfResource(now), paths, signal);
  const may = (path: string) => textOf(found.get(path)) === 'true';
  const vcpus = Number(now.attributes.vcpus);
  const ramMb = Number(now.attributes.ram_gb) * 1024;
  const isCpuFine = size.vcpus === vcpus || (size.vcpus > vcpus && may('config.cpuHotAddEnabled'));
  const isRamFine = size.ramMb === ramMb || (size.ramMb > ramMb && may('config.memoryHotAddEnabled'));
  if (isCpuFine && isRamFine) return [info('It goes on running: both can be added while it runs.')];
  return [
    blocker(
      `${now.name} runs, and ${isCpuFine ? 'its memory' : 'its processors'} cannot be changed while it does.`,
      'Stop it, resize it, and start it again.',
    ),
  ];
}
