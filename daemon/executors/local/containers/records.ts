// What the Docker Engine API says, as far as it is used. Everything in it is data of the engine.

import { z } from 'zod';

const text = z.string().nullish();

export const containerItem = z.object({
  Id: z.string(),
  Names: z.array(z.string()).nullish(),
  State: z.string().default('unknown'),
  Status: text,
});
export type ContainerItem = z.infer<typeof containerItem>;

const portBinding = z.object({ HostIp: text, HostPort: text });

export const containerRecord = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: text,
  RestartCount: z.number().nullish(),
  State: z.object({
    Status: z.string().default('unknown'),
    ExitCode: z.number().nullish(),
    OOMKilled: z.boolean().nullish(),
    StartedAt: text,
    FinishedAt: text,
    Health: z.object({ Status: text }).nullish(),
  }),
  Config: z.object({
    Image: text,
    Cmd: z.array(z.string()).nullish(),
    Tty: z.boolean().nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
  }),
  HostConfig: z
    .object({
      /** Bytes; 0 means no limit. */
      Memory: z.number().nullish(),
      /** Billionths of a processor; 0 means no limit. */
      NanoCpus: z.number().nullish(),
      CpuQuota: z.number().nullish(),
      CpuPeriod: z.number().nullish(),
      RestartPolicy: z.object({ Name: text }).nullish(),
    })
    .nullish(),
  NetworkSettings: z
    .object({
      IPAddress: text,
      Ports: z.record(z.string(), z.array(portBinding).nullable()).nullish(),
      Networks: z.record(z.string(), z.object({ IPAddress: text }).nullable()).nullish(),
    })
    .nullish(),
});
export type ContainerRecord = z.infer<typeof containerRecord>;

const cpuStats = z.object({
  cpu_usage: z.object({ total_usage: z.number().nullish() }).nullish(),
  system_cpu_usage: z.number().nullish(),
  online_cpus: z.number().nullish(),
});

export const containerStats = z.object({
  read: text,
  preread: text,
  cpu_stats: cpuStats.nullish(),
  precpu_stats: cpuStats.nullish(),
  memory_stats: z
    .object({
      usage: z.number().nullish(),
      limit: z.number().nullish(),
      stats: z.record(z.string(), z.number()).nullish(),
    })
    .nullish(),
  networks: z
    .record(z.string(), z.object({ rx_bytes: z.number().nullish(), tx_bytes: z.number().nullish() }))
    .nullish(),
});
export type ContainerStats = z.infer<typeof containerStats>;

export const engineEvent = z.object({
  Type: text,
  Action: text,
  Actor: z.object({ ID: text }).nullish(),
  id: text,
});
