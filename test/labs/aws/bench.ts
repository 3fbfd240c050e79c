// What discovery costs beyond the bare paged calls: some thousand instances in a moto of its own, read by the source
// of instances and by the SDK alone, in turns with the same paging, in one run. Asserts nothing.
// Run: node test/labs/aws/bench.ts [INSTANCES]

import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { keys, makeAwsHome } from '../../executors/aws/home.ts';
import { up } from '../lab.ts';
import { createAwsApi } from './awsApi.ts';

const instances = Number(process.argv[2] ?? 3_000);
const rounds = 5;

const outcome = await up('aws', (line) => process.stderr.write(`${line}\n`));
if (outcome.kind !== 'ready') throw new Error(outcome.reason);
const moto = await outcome.lab.start();
const home = await makeAwsHome(
  `[profile bench]\nregion = eu-central-1\nendpoint_url = ${moto.endpoint}\n${keys('AKIABENCH')}`,
);
try {
  const api = createAwsApi(moto.endpoint);
  for (let made = 0; made < instances; made += 500)
    await api.query('ec2', 'RunInstances', {
      ImageId: 'ami-0a1b2c3d4e5f60002',
      InstanceType: 't3.micro',
      MinCount: Math.min(500, instances - made),
      MaxCount: Math.min(500, instances - made),
    });
  const executor = await home.open('bench');
  const source = executor.sources.find((one) => one.name === 'instances')!;
  const client = new EC2Client({
    region: 'eu-central-1',
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'AKIABENCH', secretAccessKey: 'nobody' },
  });
  const bare = async (): Promise<number> => {
    let count = 0;
    let token: string | undefined;
    do {
      const page = await client.send(new DescribeInstancesCommand({ MaxResults: 1_000, NextToken: token }));
      count += (page.Reservations ?? []).reduce((sum, one) => sum + (one.Instances?.length ?? 0), 0);
      token = page.NextToken;
    } while (token);
    return count;
  };
  const read = async () => (await source.read({ signal: AbortSignal.timeout(120_000) })).resources.length;
  // Names of images, networks and types are asked for once in half a minute; a first reading pays for them.
  await read();
  const times = { bareMs: [] as number[], discoveryMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bareMs.push(await timeOf(bare));
    times.discoveryMs.push(await timeOf(read));
  }
  const bareMs = median(times.bareMs);
  const discoveryMs = median(times.discoveryMs);
  const ratio = Math.round((discoveryMs / bareMs) * 100) / 100;
  console.log(JSON.stringify({ instances: await read(), bareMs, discoveryMs, ratio }));
  client.destroy();
} finally {
  await home.dispose();
  await moto.dispose();
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return Math.round(performance.now() - startMs);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
