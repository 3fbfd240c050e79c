// Which outer network a floating address is taken from: the one that was named, the only one, or the one the
// operator of the cloud marked as default.

import { blocker } from '../../../kit/preview.ts';
import type { NetworkRecord } from '../../records/network.ts';
import { type Choice, choose, listNames } from '../choose.ts';

export function chooseOuterNetwork(
  named: string | undefined,
  networks: readonly NetworkRecord[],
): Choice<NetworkRecord> {
  const outer = networks.filter((network) => network['router:external']);
  if (named) return choose('outer network', named, outer);
  const byDefault = outer.filter((network) => network.is_default);
  const [only, ...others] = byDefault.length > 0 ? byDefault : outer;
  if (only && others.length === 0) return { kind: 'one', value: only };
  if (!only)
    return {
      kind: 'none',
      note: blocker(
        'This cloud shows no outer network to take an address from.',
        'Ask its operator for one.',
      ),
    };
  return {
    kind: 'none',
    note: blocker(`There are ${outer.length} outer networks.`, `Say "from X": ${listNames(outer)}.`),
  };
}
