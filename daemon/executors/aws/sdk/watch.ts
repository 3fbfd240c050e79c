// What is used of CloudWatch.
export {
  CloudWatchClient as Client,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
