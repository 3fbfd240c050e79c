// What Nova says, as far as it is used: raw records, checked. Everything in them is data of the cloud.

import { z } from 'zod';

const text = z.string().nullish();
const named = z.object({ name: z.string() });

export const serverRecord = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string().default('UNKNOWN'),
  'OS-EXT-STS:task_state': text,
  'OS-EXT-AZ:availability_zone': text,
  'OS-EXT-SRV-ATTR:hypervisor_hostname': text,
  'OS-EXT-SRV-ATTR:host': text,
  'os-extended-volumes:volumes_attached': z
    .array(z.object({ id: z.string(), delete_on_termination: z.boolean().nullish() }))
    .nullish(),
  created: text,
  updated: text,
  metadata: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  /** Since 2.47 the flavor itself, before only its id. */
  flavor: z
    .object({
      id: text,
      original_name: text,
      vcpus: z.number().nullish(),
      ram: z.number().nullish(),
      disk: z.number().nullish(),
    })
    .nullish(),
  /** An empty string for a server that boots from a volume. */
  image: z.union([z.object({ id: z.string() }), z.literal('')]).nullish(),
  addresses: z
    .record(
      z.string(),
      z.array(
        z.object({
          addr: z.string(),
          version: z.number().nullish(),
          'OS-EXT-IPS:type': text,
          'OS-EXT-IPS-MAC:mac_addr': text,
        }),
      ),
    )
    .nullish(),
  security_groups: z.array(named).nullish(),
  key_name: text,
  locked: z.boolean().nullish(),
  description: text,
  fault: z.object({ message: text, code: z.number().nullish() }).nullish(),
});
export type ServerRecord = z.infer<typeof serverRecord>;

export const flavorRecord = z.object({
  id: z.string(),
  name: z.string(),
  vcpus: z.number(),
  /** MiB. */
  ram: z.number(),
  /** GiB. */
  disk: z.number(),
  'OS-FLV-DISABLED:disabled': z.boolean().nullish(),
  'os-flavor-access:is_public': z.boolean().nullish(),
});
export type FlavorRecord = z.infer<typeof flavorRecord>;

export const keypairRecord = z.object({
  keypair: z.object({ name: z.string(), fingerprint: text, type: text, public_key: text }),
});
export type KeypairRecord = z.infer<typeof keypairRecord>['keypair'];

export const hypervisorRecord = z.object({
  id: z.union([z.string(), z.number()]),
  hypervisor_hostname: z.string(),
  state: text,
  status: text,
  hypervisor_type: text,
  host_ip: text,
  vcpus: z.number().nullish(),
  vcpus_used: z.number().nullish(),
  memory_mb: z.number().nullish(),
  memory_mb_used: z.number().nullish(),
  running_vms: z.number().nullish(),
  service: z.object({ host: z.string() }).nullish(),
});
export type HypervisorRecord = z.infer<typeof hypervisorRecord>;

/** Figures are -1 where there is no bound. */
export const computeLimits = z.object({
  limits: z.object({
    absolute: z.object({
      maxTotalInstances: z.number().default(-1),
      totalInstancesUsed: z.number().default(0),
      maxTotalCores: z.number().default(-1),
      totalCoresUsed: z.number().default(0),
      maxTotalRAMSize: z.number().default(-1),
      totalRAMUsed: z.number().default(0),
      maxTotalKeypairs: z.number().default(-1),
    }),
  }),
});
export type ComputeLimits = z.infer<typeof computeLimits>['limits']['absolute'];

export const actionRecord = z.object({
  action: z.string(),
  start_time: text,
  user_id: text,
  message: text,
  request_id: text,
});
export type ActionRecord = z.infer<typeof actionRecord>;
