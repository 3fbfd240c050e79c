// What is used of Elastic Load Balancing v2.
export {
  AddTagsCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client as Client,
  RemoveTagsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
