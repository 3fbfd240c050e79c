// What the calls of the AWS command line say in plain words, with or without `aws` and the service in front, in the
// singular or plural, or as the API writes them (`StopInstances`). https://docs.aws.amazon.com/cli/latest/reference/

import { type Head, look, making, type SaidCall, said } from './call.ts';

const instances = { '--instance-ids': '$', '--instance-id': '$', '--force': '' };
const volume = { '--volume-id': '$', '--volume-ids': '$' };
const group = { '--group-id': '$', '--group-ids': '$', '--group-name': '$', '--group-names': '$' };
const address = { '--public-ip': '$', '--public-ips': '$', '--allocation-id': '$' };
const database = { '--db-instance-identifier': '$', '--apply-immediately': '' };
const snapshot = { '--snapshot-id': '$', '--snapshot-ids': '$', '--db-snapshot-identifier': '$' };
const rule = {
  '--group-id': 'on $',
  '--group-name': 'on $',
  '--port': 'port $',
  '--protocol': '$ protocol',
  '--cidr': 'from $',
};
const pairs = { '--resources': '$', '--tags': 'with $', '--tag-keys': 'key $' };

const resizing = said(
  'resize',
  'vm',
  'instance',
  { ...instances, '--instance-type': 'to $' },
  { last: 'to $' },
);

/** By the words of the call in the singular. */
const calls: Readonly<Record<string, SaidCall>> = {
  'start-instance': said('start', 'vm', 'instance', instances),
  'stop-instance': said('stop', 'vm', 'instance', instances),
  'reboot-instance': said('reboot', 'vm', 'instance', instances),
  'terminate-instance': said('delete', 'vm', 'instance', instances),
  'describe-instance': look('vm', 'instance', instances),
  'describe-instance-status': look('vm', 'instance', instances),
  'run-instance': making('vm', 'instance', {
    '--image-id': 'from image $',
    '--instance-type': 'with type $',
    '--key-name': 'with keypair $',
    '--security-group': 'with security group $',
    '--security-groups': 'with security group $',
    '--security-group-ids': 'with security group $',
    '--count': '# $',
    '--name': 'named $',
  }),
  'modify-instance-attribute': resizing,
  'modify-instance-type': resizing,
  'create-image': said('snapshot', 'vm', 'instance', {
    ...instances,
    '--name': 'named $',
    '--no-reboot': '',
  }),
  'describe-image': look('image', 'image', { '--image-ids': '$', '--owners': '_' }),
  'deregister-image': said('delete', 'image', 'image', { '--image-id': '$' }),
  'create-volume': making('volume', 'volume', {
    '--size': 'with $ GB',
    '--availability-zone': 'in region of $',
    '--name': 'named $',
  }),
  'describe-volume': look('volume', 'volume', volume),
  'delete-volume': said('delete', 'volume', 'volume', volume),
  'modify-volume': said(
    'resize',
    'volume',
    'volume',
    { ...volume, '--size': 'to $ GB' },
    { last: 'to $ GB' },
  ),
  'attach-volume': said(
    'attach',
    'volume',
    'volume',
    { ...volume, '--instance-id': 'to $', '--device': '_' },
    { second: 'to' },
  ),
  'detach-volume': said(
    'detach',
    'volume',
    'volume',
    { ...volume, '--instance-id': 'from $', '--device': '_' },
    { second: 'from' },
  ),
  'create-snapshot': said('snapshot', 'volume', 'volume', { ...volume, '--name': 'named $' }),
  'describe-snapshot': look('snapshot', 'snapshot', { ...snapshot, '--owner-ids': '_' }),
  'delete-snapshot': said('delete', 'snapshot', 'snapshot', snapshot),
  'create-tag': said('tag', '', '', pairs),
  'delete-tag': said('untag', '', '', pairs),
  'allocate-address': said('create', 'floating-ip', 'floating ip', { '--domain': '_' }),
  'describe-address': look('floating-ip', 'floating ip', address),
  'release-address': said('delete', 'floating-ip', 'floating ip', address),
  'associate-address': said(
    'associate',
    'vm',
    '',
    { ...address, '--instance-id': 'with $' },
    { does: 'assign-ip', second: 'with' },
  ),
  'disassociate-address': said('unassign', 'vm', 'floating ip', address, {
    does: 'unassign-ip',
    second: 'from',
  }),
  'authorize-security-group-ingress': said('open', 'security-group', '', rule, { does: 'open-port' }),
  'revoke-security-group-ingress': said('close', 'security-group', '', rule, { does: 'close-port' }),
  'create-security-group': making('security-group', 'security group', {
    '--group-name': 'named $',
    '--description': '_',
  }),
  'describe-security-group': look('security-group', 'security group', group),
  'delete-security-group': said('delete', 'security-group', 'security group', group),
  'create-key-pair': making('keypair', 'keypair', { '--key-name': 'named $' }),
  'describe-key-pair': look('keypair', 'keypair', { '--key-names': '$' }),
  'delete-key-pair': said('delete', 'keypair', 'keypair', { '--key-name': '$' }),
  'describe-vpc': look('network', 'vpc', { '--vpc-ids': '$' }),
  'delete-vpc': said('delete', 'network', 'vpc', { '--vpc-id': '$' }),
  'describe-subnet': look('subnet', 'subnet', { '--subnet-ids': '$' }),
  'delete-subnet': said('delete', 'subnet', 'subnet', { '--subnet-id': '$' }),
  'describe-load-balancer': look('load-balancer', 'load balancer', { '--names': '$' }),
  'describe-alarm': look('alert', 'alert', { '--alarm-names': '$' }),
  'start-db-instance': said('start', 'database', 'database', database),
  'stop-db-instance': said('stop', 'database', 'database', database),
  'reboot-db-instance': said('reboot', 'database', 'database', database),
  'delete-db-instance': said('delete', 'database', 'database', { ...database, '--skip-final-snapshot': '' }),
  'describe-db-instance': look('database', 'database', database),
  'modify-db-instance': said(
    'resize',
    'database',
    'database',
    { ...database, '--db-instance-class': 'to $' },
    { last: 'to $' },
  ),
  'create-db-snapshot': said('snapshot', 'database', 'database', {
    ...database,
    '--db-snapshot-identifier': 'named $',
  }),
  'describe-db-snapshot': look('snapshot', 'snapshot', snapshot),
  'delete-db-snapshot': said('delete', 'snapshot', 'snapshot', snapshot),
};

/** What every call of the tool may have. */
const common = {
  '--region': 'in $',
  '--filters': 'with $',
  '--filter': 'with $',
  '--output': '_',
  '--no-cli-pager': '',
  '--no-paginate': '',
};

const service = /^(ec2|ebs|rds|elb|elbv2|cloudwatch)$/;

/** The call that begins with the first of these words. */
export function awsHead(words: readonly string[]): Head | undefined {
  let at = /^aws$/i.test(words[0] ?? '') ? 1 : 0;
  if (service.test(words[at]?.toLowerCase() ?? '')) at++;
  const verb = words[at]?.toLowerCase() ?? '';
  const ofService = bareVerbs[words[at - 1]?.toLowerCase() ?? ''];
  const isBare = ofService !== undefined && Object.hasOwn(ofService, verb);
  const key = isBare ? ofService[verb]! : keyOf(words[at] ?? '');
  if (!Object.hasOwn(calls, key)) return undefined;
  const call = { ...calls[key]!, options: { ...common, ...calls[key]!.options } };
  return { call, length: at + 1, provider: 'aws', ...(isBare && { isBare }) };
}

/** "rds restart users-prod": half of a call. */
const bareVerbs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ec2: {
    start: 'start-instance',
    stop: 'stop-instance',
    reboot: 'reboot-instance',
    restart: 'reboot-instance',
    terminate: 'terminate-instance',
  },
  rds: {
    start: 'start-db-instance',
    stop: 'stop-db-instance',
    reboot: 'reboot-db-instance',
    restart: 'reboot-db-instance',
    delete: 'delete-db-instance',
    modify: 'modify-db-instance',
    describe: 'describe-db-instance',
  },
};

/** `terminate-instances`, `TerminateInstances`: "terminate-instance". */
function keyOf(word: string): string {
  const low = word.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return low.includes('-') && !low.startsWith('-')
    ? low.replace(/addresses$/, 'address').replace(/(?<![su])s$/, '')
    : '';
}
