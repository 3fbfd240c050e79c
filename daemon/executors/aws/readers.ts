// What can be asked of one resource beyond the graph: the console of an instance, and the metrics of CloudWatch.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { ResourceReaders } from '../contract.ts';
import type { Aws } from './aws.ts';
import { awsIdOf } from './mapping/place.ts';
import { createMetricsReader } from './metrics.ts';

export function createReaders(aws: Aws): ResourceReaders {
  return {
    logs: async ({ resource, lines, grep, signal }) => {
      if (resource.kind !== 'vm')
        throw new ProblemError({
          code: 'unsupported',
          message: `AWS keeps the log of a ${resource.kind} elsewhere than Pilothouse can read.`,
          fix: 'Look into CloudWatch Logs.',
        });
      const wanted = Math.min(Math.max(lines, 1), aws.limits.logLinesMax);
      const ask = { what: `read the console of ${resource.name}`, signal };
      const answer = await aws.services.ec2.read(ask, ({ sdk, send }) =>
        send(new sdk.GetConsoleOutputCommand({ InstanceId: awsIdOf(resource.id) })),
      );
      const all = Buffer.from(answer.Output ?? '', 'base64')
        .toString('utf8')
        .split(/\r?\n/)
        .filter((line) => !grep || line.toLowerCase().includes(grep.toLowerCase()));
      if (all.at(-1) === '') all.pop();
      return { text: all.slice(-wanted).join('\n'), truncated: all.length > wanted };
    },
    metrics: createMetricsReader(aws),
  };
}
