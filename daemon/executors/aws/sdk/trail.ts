// What is used of CloudTrail.
export { CloudTrailClient as Client, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
