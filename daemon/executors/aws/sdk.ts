// The one door to the AWS SDK. It is bundled as a file of its own (`dist/aws.cjs`) that is read when the first
// account is asked something, so that a daemon without one never pays for it; each service is evaluated when it is
// first used. Nothing else may import the SDK for its value.

export const sdk = {
  ec2: () => import('./sdk/ec2.ts'),
  rds: () => import('./sdk/rds.ts'),
  elb: () => import('./sdk/elb.ts'),
  ecs: () => import('./sdk/ecs.ts'),
  scaling: () => import('./sdk/scaling.ts'),
  lambda: () => import('./sdk/lambda.ts'),
  watch: () => import('./sdk/watch.ts'),
  sts: () => import('./sdk/sts.ts'),
  trail: () => import('./sdk/trail.ts'),
  pricing: () => import('./sdk/pricing.ts'),
  credentials: () => import('./sdk/credentials.ts'),
} as const;
