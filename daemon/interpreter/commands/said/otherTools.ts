// What the calls of govc, az and gcloud say in plain words, over whatever is here. What they can do and Pilothouse
// cannot is in no table and stays unread. https://github.com/vmware/govmomi/tree/main/govc,
// https://learn.microsoft.com/cli/azure, https://cloud.google.com/sdk/gcloud/reference

import { type Head, look, making, type SaidCall, said } from './call.ts';

const vm = { '-vm': '$', '-vm.ip': '$' };
const maintenance = (verb: string, does: string): SaidCall => said(verb, 'host', 'host', {}, { does });

const govc: Readonly<Record<string, SaidCall>> = {
  'vm.power -on': said('start', 'vm', 'vm', vm),
  'vm.power -off': said('stop', 'vm', 'vm', { ...vm, '-force': '', '-wait': '' }),
  'vm.power -s': said('stop', 'vm', 'vm', vm),
  'vm.power -reset': said('hard reboot', 'vm', 'vm', vm, { does: 'reboot' }),
  'vm.power -r': said('reboot', 'vm', 'vm', vm),
  'vm.power -suspend': said('suspend', 'vm', 'vm', vm),
  'vm.power on': said('start', 'vm', 'vm'),
  'vm.power off': said('stop', 'vm', 'vm'),
  'vm.destroy': said('delete', 'vm', 'vm', vm),
  'vm.info': look('vm', 'vm', vm),
  'vm.migrate': said('migrate', 'vm', 'vm', { '-host': 'to $' }),
  'snapshot.create': said('snapshot', 'vm', 'vm', vm, { last: 'named $' }),
  'host.info': look('host', 'host', { '-host': '$' }),
  'host.maintenance.enter': maintenance('drain', 'drain'),
  'host.maintenance.exit': maintenance('uncordon', 'uncordon'),
  'datastore.info': look('datastore', 'datastore', { '-ds': '$' }),
};

const place = {
  '-g': 'in $',
  '--resource-group': 'in $',
  '-l': 'in $',
  '--location': 'in $',
  '--no-wait': '',
  '-o': '_',
};
const name = { '-n': '$', '--name': '$', '--yes': '', '-y': '', ...place };
const called = { '-n': 'named $', '--name': 'named $', ...place };
const disk = { '--vm-name': 'to $', '--name': '$', '-n': '$', '--disk': '$', ...place };

const az: Readonly<Record<string, SaidCall>> = {
  'vm start': said('start', 'vm', 'vm', name),
  'vm stop': said('stop', 'vm', 'vm', name),
  'vm deallocate': said('stop', 'vm', 'vm', name),
  'vm restart': said('reboot', 'vm', 'vm', name),
  'vm delete': said('delete', 'vm', 'vm', name),
  'vm show': look('vm', 'vm', name),
  'vm list': look('vm', 'vm', name),
  'vm resize': said('resize', 'vm', 'vm', { ...name, '--size': 'to $' }, { last: 'to $' }),
  'vm create': making('vm', 'vm', { ...called, '--image': 'from image $', '--size': 'with type $' }),
  'vm disk attach': said('attach', 'volume', 'volume', disk),
  'vm disk detach': said('detach', 'volume', 'volume', { ...disk, '--vm-name': 'from $' }),
  'disk list': look('volume', 'volume', name),
  'disk show': look('volume', 'volume', name),
  'disk create': making('volume', 'volume', { ...called, '--size-gb': 'with $ GB' }),
  'disk update': said('resize', 'volume', 'volume', { ...name, '--size-gb': 'to $ GB' }),
  'disk delete': said('delete', 'volume', 'volume', name),
  'snapshot list': look('snapshot', 'snapshot', name),
  'snapshot delete': said('delete', 'snapshot', 'snapshot', name),
  'snapshot create': said('snapshot', 'volume', 'volume', { ...called, '--source': '$' }),
  'network public-ip list': look('floating-ip', 'floating ip', name),
  'network public-ip delete': said('delete', 'floating-ip', 'floating ip', name),
  'network vnet list': look('network', 'network', name),
  'network nsg list': look('security-group', 'security group', name),
};

const zone = { '--zone': 'in $', '--region': 'in $', '--quiet': '', '-q': '' };
const gcloud: Readonly<Record<string, SaidCall>> = {
  'compute instances start': said('start', 'vm', 'instance', zone),
  'compute instances stop': said('stop', 'vm', 'instance', zone),
  'compute instances reset': said('hard reboot', 'vm', 'instance', zone, { does: 'reboot' }),
  'compute instances suspend': said('suspend', 'vm', 'instance', zone),
  'compute instances resume': said('resume', 'vm', 'instance', zone),
  'compute instances delete': said('delete', 'vm', 'instance', zone),
  'compute instances describe': look('vm', 'instance', zone),
  'compute instances list': look('vm', 'instance', zone),
  'compute instances create': making('vm', 'instance', {
    ...zone,
    '--machine-type': 'with type $',
    '--image': 'from image $',
    '--network': 'in network $',
  }),
  'compute instances set-machine-type': said(
    'resize',
    'vm',
    'instance',
    { ...zone, '--machine-type': 'to $' },
    { last: 'to $' },
  ),
  'compute instances add-labels': said('tag', 'vm', 'instance', { ...zone, '--labels': 'with $' }),
  'compute instances remove-labels': said('untag', 'vm', 'instance', { ...zone, '--labels': 'key $' }),
  'compute instances attach-disk': said(
    'attach',
    'volume',
    'volume',
    { ...zone, '--disk': '$' },
    { last: 'to $' },
  ),
  'compute instances detach-disk': said(
    'detach',
    'volume',
    'volume',
    { ...zone, '--disk': '$' },
    { last: 'from $' },
  ),
  'compute disks create': making('volume', 'volume', { ...zone, '--size': 'with $' }),
  'compute disks list': look('volume', 'volume', zone),
  'compute disks describe': look('volume', 'volume', zone),
  'compute disks resize': said('resize', 'volume', 'volume', { ...zone, '--size': 'to $' }),
  'compute disks delete': said('delete', 'volume', 'volume', zone),
  'compute disks snapshot': said('snapshot', 'volume', 'volume', { ...zone, '--snapshot-names': 'named $' }),
  'compute snapshots list': look('snapshot', 'snapshot', zone),
  'compute snapshots delete': said('delete', 'snapshot', 'snapshot', zone),
  'compute images list': look('image', 'image', zone),
  'compute addresses list': look('floating-ip', 'floating ip', zone),
  'compute addresses delete': said('delete', 'floating-ip', 'floating ip', zone),
  'sql instances list': look('database', 'database', zone),
  'sql instances describe': look('database', 'database', zone),
  'sql instances restart': said('reboot', 'database', 'database', zone),
  'sql instances delete': said('delete', 'database', 'database', zone),
  'sql instances patch': said('resize', 'database', 'database', { ...zone, '--tier': 'to $' }),
};

const tools: Readonly<Record<string, { calls: Readonly<Record<string, SaidCall>>; provider?: string }>> = {
  govc: { calls: govc, provider: 'vsphere' },
  az: { calls: az },
  gcloud: { calls: gcloud },
};
const wordsMax = 3;

/** The call that begins with the first of these words; `vm.power` needs no tool in front. */
export function otherToolHead(words: readonly string[]): Head | undefined {
  const first = words[0]?.toLowerCase() ?? '';
  const named = Object.hasOwn(tools, first) ? tools[first]! : undefined;
  const from = named ? 1 : 0;
  const { calls, provider } = named ?? tools.govc!;
  if (!named && !/^[a-z]+\.[a-z.]+$/.test(first)) return undefined;
  for (let length = wordsMax; length > 0; length--) {
    const key = words
      .slice(from, from + length)
      .join(' ')
      .toLowerCase()
      .replace(/=true$/, '');
    if (words.length >= from + length && Object.hasOwn(calls, key))
      return { call: calls[key]!, length: from + length, ...(provider && { provider }) };
  }
  return undefined;
}

/** A call of one of the tools, whether it can be said or not: `gcloud compute ssh …`; "az 1 is down" is none. */
export function toolCalled(words: readonly string[]): string | undefined {
  const [tool = '', next = ''] = words.map((word) => word.toLowerCase());
  const isAzure =
    tool === 'az' &&
    /^(?:vm|vmss|disk|snapshot|aks|acr|ad|group|network|storage|sql|webapp|keyvault|account|login|monitor|resource|role)$/.test(
      next,
    );
  const isHelm =
    tool === 'helm' &&
    /^(?:install|upgrade|rollback|uninstall|delete|list|ls|repo|template|status|history|get)$/.test(next);
  return isAzure || isHelm || (/^(?:gcloud|govc)$/.test(tool) && next !== '') ? tool : undefined;
}
