// Sizes of VMs. vSphere has none of its own, so that a size is said as processors and memory: `4x16`, `4 vCPU 16 GB`.

import { sizeName } from '../inventory/translate.ts';

export interface Size {
  readonly name: string;
  readonly vcpus: number;
  readonly ramMb: number;
}

/** Reads `4x16`, `4x16GB`, `4 vCPUs, 16 GB`, `4cpu-512mb`. Undefined where it is none, or beyond any VM. */
export function parseSize(text: string): Size | undefined {
  const match =
    /^\s*(\d{1,3})\s*(?:x|×|v?cpus?|cores?)[\s,;/x-]*(\d{1,5}(?:\.\d{1,2})?)\s*(gb|gib|g|mb|mib|m)?\s*(?:ram|memory)?\s*$/i.exec(
      text,
    );
  if (!match) return undefined;
  const vcpus = Number(match[1]);
  const isMb = /^m/i.test(match[3] ?? '');
  // Memory of a VM is counted in steps of 4 MB (vSphere Virtual Machine Administration, "Virtual Machine Memory").
  const ramMb = Math.round((Number(match[2]) * (isMb ? 1 : 1024)) / 4) * 4;
  if (vcpus < 1 || vcpus > 768 || ramMb < 4) return undefined;
  return { name: sizeName(vcpus, ramMb / 1024), vcpus, ramMb };
}
