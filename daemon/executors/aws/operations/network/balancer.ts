// delete.load-balancer. ELBv2 has no dry run: protection and what stands behind the balancer are read beforehand.

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info, warning } from '../../../kit/preview.ts';
import { fetchBalancers } from '../../api/others.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { deleteHandler } from '../recipes.ts';

export function deleteBalancer(aws: Aws): OperationHandler {
  const arnOf = async (id: string, signal: AbortSignal) =>
    (await fetchBalancers(aws, signal, awsIdOf(id)))[0]?.balancer.LoadBalancerArn;
  return deleteHandler(aws, {
    noun: 'load balancer',
    notes: async (target, { signal }) => {
      const arn = await arnOf(target.id, signal);
      const answer = await aws.services.elb.find(
        { what: 'read the protection of the load balancer', signal },
        ({ sdk, send }) => send(new sdk.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn })),
      );
      const notes: PreviewNote[] = [];
      if (
        answer?.Attributes?.some((one) => one.Key === 'deletion_protection.enabled' && one.Value === 'true')
      )
        notes.push(
          blocker(
            `${target.name} is protected against deletion.`,
            'Take it off first: aws elbv2 modify-load-balancer-attributes.',
          ),
        );
      notes.push(
        warning(
          `Its address ${target.attributes.address ?? ''} is gone for good: who comes by it gets nowhere.`,
        ),
        info('Its target groups and what stands behind them stay.'),
      );
      return notes;
    },
    write: async (target, { signal }) => {
      const arn = await arnOf(target.id, signal);
      if (!arn) return;
      await aws.services.elb.write(
        { what: `delete the load balancer ${target.name}`, signal },
        ({ sdk, send }) => send(new sdk.DeleteLoadBalancerCommand({ LoadBalancerArn: arn })),
      );
    },
  });
}
