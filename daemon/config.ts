// Settings of the daemon and every limit it keeps, in one place and validated once at the start.
// A bound that is not named here does not exist: queues, caches, pages, retries, frames and histories take theirs
// from `limits`. Nobody reads `process.env` elsewhere.

import { frameBytesMax } from '../shared/protocol/version.ts';

/** Every bound, with its unit last in the name. */
export const limits = {
  /** One JSON-RPC message on the wire. */
  frameBytesMax,
  /** Unsent bytes to one client before it gets a new snapshot instead of every change. */
  sendQueueBytesMax: 8 * 1024 * 1024,
  /** Requests of one client under way at once. */
  requestsPerSessionMax: 64,
  sessionsMax: 32,
  subscriptionsPerSessionMax: 64,
  /** Changes that wait for a slow reader before it gets a new snapshot instead. */
  subscriptionPendingMax: 5_000,
  /** One part of a snapshot or of a page; far below a frame, so that other answers get between. */
  snapshotPartBytesMax: 512 * 1024,
  /** A client must have said `session/initialize` by then. */
  initializeTimeoutMs: 10_000,
  /** The daemon ends itself after this long without clients, runs or connections that must be watched. */
  idleExitMs: 10 * 60_000,
  /** Longest sentence the interpreter takes. */
  textCharactersMax: 2_000,
  /** A proposed plan that nobody approved. */
  planExpiryMs: 15 * 60_000,
  planStepsMax: 500,
  plansKeptMax: 2_000,
  /** Plans that wait or run at once, and those that run. */
  plansOpenMax: 200,
  plansRunningMax: 8,
  /** Plans held in memory; the others are read from the journal. */
  plansCachedMax: 200,
  /** Progress of one plan is told at most this often. */
  planProgressIntervalMs: 200,
  /** After a step was told to stop it may take so long to let go. */
  stepGraceMs: 5_000,
  /** One read of a cloud for a step that was cut off, and how long a cloud may take to show what it was told. */
  reconcileTimeoutMs: 30_000,
  reconcileSettleMs: 3_000,
  /** Looks at a step that was cut off while the cloud cannot tell yet what became of it. */
  reconcileLooksMax: 15,
  previewAffectedMax: 50,
  previewConcurrency: 6,
  previewStepTimeoutMs: 20_000,
  stepTimeoutMs: 10 * 60_000,
  verifyTimeoutMs: 5 * 60_000,
  /** Over so many targets a destroy has to be typed, in any environment. */
  typedDestroyTargets: 3,
  /** Over so many targets a change in prod says how many. */
  bulkChangeTargets: 5,
  /** Resources in one page of a list. */
  resourcePageMax: 1_000,
  auditPageMax: 1_000,
  auditPageCharactersMax: 1024 * 1024,
  /** Longer details of an audit record are cut, with the hash of the whole. */
  auditDetailCharactersMax: 32 * 1024,
  /** The second memory of the newest audit record is forced to the disk every so many records. */
  auditHeadSyncRecords: 256,
  chatTurnsKeptMax: 5_000,
  /** Earlier turns the interpreter is told. */
  chatContextTurns: 6,
  /** Words that stand for things, and what a person corrected: most that are kept, and the longest of these. */
  aliasesMax: 500,
  correctionsMax: 2_000,
  correctionCharactersMax: 32 * 1024,
  /** Longest kept result of one turn, as JSON; more is cut to its summary. */
  chatResultCharactersMax: 256 * 1024,
  /** Plans in the snapshot of a subscription beside all that are open. */
  plansShownMax: 100,
  /** How long the daemon waits for another's start, and for its own requests at the end. */
  startWaitMs: 15_000,
  endWaitMs: 5_000,
  /** Fastest and slowest rhythm of polling one source. */
  pollFastMs: 1_000,
  pollSlowMs: 60_000,
  /** Sources of one connection read at once. */
  discoveryConcurrency: 4,
  /** One read of one source, and one question for an identity. */
  discoveryReadTimeoutMs: 60_000,
  /** After a write its kinds are read at the fast rhythm for so long, whatever they show. */
  pollNudgeMs: 10_000,
  /** Longest rest after errors; refused credentials rest longer, so that no account gets locked by polling. */
  pollErrorMs: 2 * 60_000,
  pollUnauthorizedMs: 15 * 60_000,
  /** A replaced executor lives on so long, for a step that still uses it. */
  executorRetireMs: 11 * 60_000,
  /** Quiet time after a configuration file changed before it is read. */
  filesSettleMs: 300,
  connectionsMax: 200,
  /** Changes of the graph are written to disk in batches, at the latest after this long or at so many. */
  graphFlushMs: 500,
  graphPendingMax: 20_000,
  /** Resources read from the disk in one turn while a daemon warms up. */
  graphLoadPage: 500,
  /** Age of the oldest state kept in history, and most states kept in all. */
  graphHistoryMs: 14 * 24 * 3_600_000,
  graphHistoryRowsMax: 200_000,
  /** The sandbox: age of the oldest mark of a write, points of one series, rounds of its controllers in one change. */
  sandboxMarksKeptMs: 30 * 24 * 3_600_000,
  sandboxPointsMax: 2_000,
  sandboxRoundsMax: 20,
  /** This machine: points kept of the host and of other things, series in all, and how old a figure may be when it is asked for. */
  localPointsMax: 720,
  localThingPointsMax: 60,
  localSeriesMax: 4_000,
  localFreshMs: 1_000,
  /** Between the two looks of a rate that was never measured before. */
  localLookMs: 250,
  /** Processes, containers and listening sockets that are listed, and how long a process must live to be listed. */
  localProcessesMax: 500,
  localProcessAgeMsMin: 3_000,
  localContainersMax: 1_000,
  localListenersMax: 500,
  localCommandLineCharactersMax: 300,
  /** A command of the system, and what it may answer. */
  localCommandTimeoutMs: 20_000,
  localCommandBytesMax: 8 * 1024 * 1024,
  /** Events of a container engine: one line, and the quiet time after a burst. */
  localEventCharactersMax: 1024 * 1024,
  localEventsSettleMs: 50,
  /** Read-back of a deed on this machine: first and longest pause between two looks. */
  localPollFirstMs: 50,
  localPollMs: 1_000,
  dependentsDepthMax: 4,
  dependentsMax: 5_000,
  /** How long one process waits for another's lock on a database file. */
  storeBusyTimeoutMs: 5_000,
  /** What is left of a write-ahead log after a checkpoint. */
  storeWalBytesMax: 16 * 1024 * 1024,
  /** Database files up to this size are read whole when they are opened, to notice damage at once. */
  storeCheckBytesMax: 16 * 1024 * 1024,
  /** One request to a cloud: without a byte for so long, and in all. */
  cloudIdleTimeoutMs: 30_000,
  cloudRequestTimeoutMs: 90_000,
  /** Requests of one connection under way at once. */
  cloudConcurrency: 8,
  /** Repeats of a refused or failed request, the first and the longest pause between them, and the longest a cloud may ask for. */
  cloudRetriesMax: 4,
  cloudBackoffFirstMs: 500,
  cloudBackoffMs: 8_000,
  cloudRetryAfterMsMax: 60_000,
  cloudBodyBytesMax: 64 * 1024 * 1024,
  cloudPageItems: 500,
  cloudPagesMax: 400,
  /** Requests a second to one AWS account, over all its regions, unless its profile says otherwise; and the most it may say. */
  awsRequestsPerSecond: 20,
  awsRequestsPerSecondMax: 200,
  /** Requests that may go at once after a rest. */
  awsRequestsBurst: 100,
  /** Series asked of CloudWatch in one sampling; each costs. */
  awsSeriesMax: 500,
  /** Characters of what a cloud said that are shown in an error. */
  cloudMessageCharactersMax: 300,
  /** Read-back of a write: first and longest pause between two looks. */
  cloudPollFirstMs: 400,
  cloudPollMs: 4_000,
  /** Custom resources of one cluster: kinds and objects that are read. */
  kubernetesCustomKindsMax: 60,
  kubernetesCustomResourcesMax: 5_000,
  logLinesMax: 2_000,
  /** One request to a language model, the silence after which a stream is given up, and how often it is tried again. */
  modelRequestTimeoutMs: 120_000,
  modelStallMs: 45_000,
  modelRetriesMax: 1,
  /** How long an editor that has just taken a question may need to offer its models again. */
  modelOfferWaitMs: 10_000,
  /** What one answer of a model may hold. */
  modelOutputTokensMax: 4_000,
  modelOutputCharactersMax: 60_000,
  modelCallsMax: 16,
  /** How often a model may look something up before it has to answer. */
  modelRoundsMax: 6,
  /** What is told a model: names of the inventory, rows of one look-up, turns of the talk, characters of one result. */
  modelInventoryNamesMax: 300,
  modelRowsMax: 40,
  modelTurnsMax: 6,
  modelResultCharactersMax: 8_000,
  /** Tools offered to a model in one request (endpoints refuse more than 128). */
  modelToolsMax: 100,
  /** Rows of a table in an answer; the whole number is said. */
  answerRowsMax: 200,
  /** Resources measured for one question, and how many at once. */
  metricsResourcesMax: 500,
  metricsConcurrency: 8,
  /** Newest rows of a history a forecast looks at, and the steps it may foresee. */
  forecastRowsMax: 8_000,
  forecastStepsMax: 5_000,
  /** Columns of a table whose rows are judged together. */
  hostColumnsMax: 300,
  /** Size of `daemon.log` before it is renamed to `daemon.log.1`. */
  logFileBytesMax: 5 * 1024 * 1024,
} as const;
export type Limits = { readonly [K in keyof typeof limits]: number };
