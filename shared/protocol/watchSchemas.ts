// Schemas of what clients send about series, incidents and mutes, and about where metrics come from.

import { z } from 'zod';
import { environments } from '../model/connection.ts';
import { type MetricName, metricNames } from '../model/metric.ts';

const id = z.string().min(1).max(512);
/** Resource, metric and part in one line. */
const seriesId = z.string().min(3).max(1_200);
const metric = z.enum(metricNames as readonly [MetricName, ...MetricName[]]);
const timeMs = z.number().int().min(0).max(8_640_000_000_000_000);

export const seriesListSchema = z.object({
  resource: id.optional(),
  connection: id.optional(),
  metric: metric.optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
  /** Id after which the page starts. */
  after: seriesId.optional(),
});

export const seriesRangeSchema = z.object({
  series: z.array(seriesId).min(1).max(20),
  fromMs: timeMs,
  toMs: timeMs,
  /** Rows of one series at most; wider rows are chosen where there would be more. */
  pointsMax: z.number().int().min(10).max(5_000).default(800),
  /** Also incidents, plans and changes in this time on the resources of the series. */
  marks: z.boolean().default(false),
});

export const forecastSchema = z.object({
  series: seriesId,
  /** How far to look. */
  horizonMs: z
    .number()
    .int()
    .min(60_000)
    .max(366 * 86_400_000)
    .default(7 * 86_400_000),
});

export const incidentListSchema = z.object({
  /** Only those that are not over. */
  open: z.boolean().default(false),
  resource: id.optional(),
  /** Those that were under way at some time in between. */
  fromMs: timeMs.optional(),
  toMs: timeMs.optional(),
  limit: z.number().int().min(1).max(1_000).default(100),
});

export const incidentSchema = z.object({ id });

/** `right` and `noise` move the thresholds of the series it is about; `ack` and `unack` say whether somebody looks after it. */
export const incidentFeedbackSchema = z.object({
  id,
  says: z.enum(['right', 'noise', 'ack', 'unack']),
});

export const muteSchema = z.object({
  resource: id.optional(),
  connection: id.optional(),
  environment: z.enum(environments).optional(),
  metric: metric.optional(),
  hours: z
    .object({
      from: z.number().int().min(0).max(23),
      to: z.number().int().min(0).max(23),
      offsetMinutes: z.number().int().min(-840).max(840).default(0),
    })
    .optional(),
  untilMs: timeMs.optional(),
  reason: z.string().max(300).optional(),
});

const secret = z.union([
  z.object({ env: z.string().min(1).max(200) }),
  z.object({ file: z.string().min(1).max(1_000) }),
  z.object({ secret: z.string().min(1).max(200) }),
]);

const prometheusServer = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  url: z.url({ protocol: /^https?$/ }).max(1_000),
  auth: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('basic'), user: z.string().min(1).max(200), password: secret }),
      z.object({ kind: z.literal('bearer'), token: secret }),
    ])
    .optional(),
  tls: z
    .object({
      caFile: z.string().max(1_000).optional(),
      certFile: z.string().max(1_000).optional(),
      keyFile: z.string().max(1_000).optional(),
      serverName: z.string().max(300).optional(),
      verify: z.boolean().optional(),
    })
    .optional(),
  intervalSeconds: z.number().int().min(1).max(3_600).optional(),
  rules: z
    .array(
      z.object({
        metric,
        query: z.string().min(1).max(2_000),
        part: z.string().min(1).max(200).optional(),
      }),
    )
    .max(100)
    .optional(),
  onlyOwnRules: z.boolean().optional(),
});

export const metricSettingsSchema = z.object({
  prometheus: z.array(prometheusServer).max(20),
  storeMegabytesMax: z.number().int().min(16).max(1_000_000),
  keepWatching: z.boolean(),
});

/** What is absent stays as it is. Secrets stay in the memory of the daemon, by the names the settings use. */
export const configureWatchSchema = z.object({
  settings: metricSettingsSchema.partial().default({}),
  secrets: z.record(z.string().max(200), z.string().max(8_000)).default({}),
});

/** A server that is not kept yet; secrets it names and that are not given here are those handed over before. */
export const tryServerSchema = z.object({
  server: prometheusServer,
  secrets: z.record(z.string().max(200), z.string().max(8_000)).default({}),
});

export const networkListSchema = z.strictObject({ resource: z.string().max(512).optional() });
export const networkOfSchema = z.strictObject({ resource: z.string().min(1).max(512) });

export const failureListSchema = z.strictObject({
  resource: z.string().max(512).optional(),
  /** Only what fails within this time, ms. */
  horizonMs: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
});
