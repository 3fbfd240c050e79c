// What the calls of the OpenStack command line say in plain words, with or without `openstack` in front, and those of the
// older clients (`nova stop web-1`). https://docs.openstack.org/python-openstackclient/latest/cli/command-list.html

import { type Head, look, making, type SaidCall, said } from './call.ts';

const reboot = said('reboot', 'vm', 'server', { '--hard': 'hard', '--soft': '', '--wait': '' });
const build = {
  '--flavor': 'with flavor $',
  '--image': 'from image $',
  '--network': 'in network $',
  '--nic': 'in network $',
  '--key-name': 'with keypair $',
  '--security-group': 'with security group $',
  '--wait': '',
};
const resize = said('resize', 'vm', 'server', { '--flavor': 'to $', '--wait': '' }, { last: 'to $' });
const migrate = said(
  'migrate',
  'vm',
  'server',
  { '--host': 'to $', '--live': 'to $', '--live-migration': '' },
  { last: 'to $' },
);
const rebuild = said('rebuild', 'vm', 'server', { '--image': 'with image $' }, { last: 'with image $' });
const properties = { '--property': 'with $', '--tag': 'with $' };
const keys = { '--property': 'key $', '--tag': 'key $' };
const image = said('snapshot', 'vm', 'server', { '--name': 'named $' });
const rule = {
  '--dst-port': 'port $',
  '--protocol': '$ protocol',
  '--proto': '$ protocol',
  '--remote-ip': 'from $',
  '--ingress': '',
};
const newVolume = { '--size': 'with $ GB', '--name': 'named $' };
const attach = said('attach', 'volume', 'volume', {}, { second: 'to' });
const detach = said('detach', 'volume', 'volume', {}, { second: 'from' });
const assign = said('associate', 'vm', '', {}, { does: 'assign-ip', second: 'with' });
const unassign = said('unassign', 'vm', 'floating ip', {}, { does: 'unassign-ip', second: 'from' });

/** The verbs of every noun, and those of a server. */
const ofAny = (kind: string, noun: string): Readonly<Record<string, SaidCall>> => ({
  list: look(kind, noun, {
    '--status': 'with status $',
    '--name': 'named $',
    '--all-projects': '',
    '--long': '',
  }),
  show: look(kind, noun),
  delete: said('delete', kind, noun, { '--wait': '' }),
});
const ofServer: Readonly<Record<string, SaidCall>> = {
  ...ofAny('vm', 'server'),
  ...Object.fromEntries(
    ['start', 'stop', 'suspend', 'resume', 'lock', 'unlock'].map((verb) => [
      verb,
      said(verb, 'vm', 'server'),
    ]),
  ),
  reboot,
  resize,
  migrate,
  rebuild,
  pause: said('pause', 'vm', 'server', {}, { does: 'suspend' }),
  unpause: said('resume', 'vm', 'server'),
};

/** By the words of the call. */
const calls = new Map<string, SaidCall>();
const add = (noun: string, verbs: Readonly<Record<string, SaidCall>>): void => {
  for (const [verb, call] of Object.entries(verbs)) calls.set(`${noun} ${verb}`, call);
};
add('server', {
  ...ofServer,
  create: making('vm', 'server', build),
  set: said('tag', 'vm', 'server', properties),
  unset: said('untag', 'vm', 'server', keys),
  'image create': image,
  'resize confirm': said('confirm the resize of', 'vm', 'server', {}, { does: 'confirm-resize' }),
  'resize revert': said('revert the resize of', 'vm', 'server', {}, { does: 'revert-resize' }),
  'add volume': attach,
  'remove volume': detach,
  'add floating ip': assign,
  'remove floating ip': unassign,
});
add('volume', {
  ...ofAny('volume', 'volume'),
  create: making('volume', 'volume', newVolume),
  set: said('resize', 'volume', 'volume', { '--size': 'to $ GB' }),
  extend: said('resize', 'volume', 'volume', {}, { last: 'to $ GB' }),
});
add('volume snapshot', {
  ...ofAny('snapshot', 'snapshot'),
  create: said('snapshot', 'volume', 'volume', { '--volume': '$', '--name': 'named $' }, { last: 'named $' }),
});
add('floating ip', {
  ...ofAny('floating-ip', 'floating ip'),
  create: said('create', 'floating-ip', 'floating ip'),
});
add('security group', {
  ...ofAny('security-group', 'security group'),
  create: making('security-group', 'security group', { '--description': '_' }),
  'rule create': said('open', 'security-group', '', rule, { does: 'open-port' }),
  'rule delete': said('close', 'security-group', '', rule, { does: 'close-port' }),
});
add('network', { ...ofAny('network', 'network'), create: making('network', 'network') });
add('subnet', {
  ...ofAny('subnet', 'subnet'),
  create: making('subnet', 'subnet', { '--subnet-range': 'with $', '--network': 'in network $' }),
});
add('keypair', { ...ofAny('keypair', 'keypair'), create: making('keypair', 'keypair') });
add('image', ofAny('image', 'image'));
add('flavor', ofAny('flavor', 'flavor'));
add('loadbalancer', ofAny('load-balancer', 'load balancer'));
add('nova', {
  ...ofServer,
  boot: making('vm', 'server', build),
  'image-create': { ...image, last: 'named $' },
  'live-migration': migrate,
  'volume-attach': attach,
  'volume-detach': detach,
  'floating-ip-associate': assign,
  'floating-ip-disassociate': unassign,
});
add('cinder', {
  ...ofAny('volume', 'volume'),
  create: making('volume', 'volume', newVolume),
  extend: said('resize', 'volume', 'volume', {}, { last: 'to $ GB' }),
  'snapshot-create': said('snapshot', 'volume', 'volume', { '--name': 'named $' }),
  'snapshot-delete': said('delete', 'snapshot', 'snapshot'),
  'snapshot-list': look('snapshot', 'snapshot'),
});

add('neutron', {
  'net-list': look('network', 'network'),
  'subnet-list': look('subnet', 'subnet'),
  'floatingip-list': look('floating-ip', 'floating ip'),
  'security-group-list': look('security-group', 'security group'),
});
add('glance', { 'image-list': look('image', 'image') });

const wordsMax = 4;
const common = { '--os-region-name': 'in $', '-f': '_', '-c': '_' };

/** The call that begins with the first of these words. */
export function openstackHead(words: readonly string[]): Head | undefined {
  const low = words.slice(0, wordsMax + 1).map((word) => word.toLowerCase());
  const from = /^openstack$/.test(low[0] ?? '') ? 1 : 0;
  const isTool = from === 1 || /^(nova|cinder|neutron|glance)$/.test(low[0] ?? '');
  for (let length = wordsMax; length > 1; length--) {
    const call = calls.get(low.slice(from, from + length).join(' '));
    if (!call || low.length < from + length) continue;
    return {
      call: { ...call, options: { ...common, ...call.options } },
      length: from + length,
      ...(isTool ? { provider: 'openstack' } : length === 2 && { isBare: true }),
    };
  }
  return undefined;
}
