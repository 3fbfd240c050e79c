// The one vocabulary of metrics: what is measured, of whatever provider, under which name and in which unit. Sources
// translate what their cloud calls things into these names; detectors, answers and charts know no others.

/**
 * name → what it means, its unit, and the most it can be. None can be less than nothing. A source that has another unit
 * converts; it never passes another name.
 */
export const metricDocs = {
  cpu: { unit: '%', doc: 'processor time used, of what the resource has or may use' },
  memory: { unit: '%', most: 100, doc: 'memory used, of what the resource has or may use' },
  disk: { unit: '%', most: 100, doc: 'space used of a file system or volume' },
  network: { unit: 'MB/s', doc: 'bytes received and sent, 1 MB = 1,000,000 bytes' },
  latency: { unit: 'ms', doc: 'time an answer takes, mean or median as the source has it' },
  'error-rate': { unit: '%', most: 100, doc: 'requests that failed, of all requests' },
  requests: { unit: '1/s', doc: 'requests served' },
  iops: { unit: '1/s', doc: 'reads and writes of a disk' },
  load: {
    unit: '',
    doc: 'processes that run or wait to run, mean over one minute, of all processors together',
  },
  restarts: { unit: '', doc: 'how often its containers were restarted, a counter' },
} as const;
export type MetricName = keyof typeof metricDocs;
export const metricNames = Object.keys(metricDocs) as readonly MetricName[];

/** One value of one metric of one resource at one time. */
export interface MetricSample {
  /** Id of the resource it was measured on. */
  readonly resource: string;
  readonly metric: MetricName;
  /** Which of several of the same metric: a mount point, an interface. Absent where there is one. */
  readonly part?: string;
  /** When the source measured it, ms since the epoch by the source's clock. */
  readonly atMs: number;
  /** In the unit of `metricDocs`. NaN and infinities are not passed on; the source reports them as a problem. */
  readonly value: number;
}
