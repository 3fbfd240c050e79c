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
  /** Steps of one plan under way at once on one connection, where they do the same to different things. */
  stepsTogetherMax: 4,
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
  /** Namespaces that are asked what may be done in them, and how many of them for each thing where rules are not told. */
  permissionNamespacesMax: 100,
  permissionSinglyMax: 12,
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
  /** Memory is given back after so long with at most so many changes, where the heap grew by so much, not more often, and not of a larger heap. */
  memoryQuietMs: 5_000,
  memoryQuietChangesMax: 200,
  memorySlackBytes: 16 * 1024 * 1024,
  memoryReturnEveryMs: 10 * 60_000,
  memoryReturnHeapBytesMax: 128 * 1024 * 1024,
  /** Changes of the graph are written to disk in batches, at the latest after this long or at so many. */
  graphFlushMs: 500,
  graphPendingMax: 20_000,
  /** Resources read from the disk in one turn while a daemon warms up. */
  graphLoadPage: 500,
  /** A query of the graph: its text, time, steps of its walk held or passed at once, and rows of its answer. */
  queryCharactersMax: 20_000,
  queryTimeMs: 15_000,
  queryRowsHeldMax: 300_000,
  queryExpressionMs: 500,
  queryListMax: 100_000,
  queryTextCharactersMax: 1_000_000,
  queryRowsMax: 10_000,
  /** How long a query may hold the daemon before others get a turn. */
  querySliceMs: 8,
  /** Resources in one neighbourhood, ways in one answer, steps of a way. */
  neighbourhoodMax: 5_000,
  pathsMax: 100,
  pathLengthMax: 20,
  /** Age of the oldest state kept in history, and most states kept in all. */
  graphHistoryMs: 14 * 24 * 3_600_000,
  graphHistoryRowsMax: 200_000,
  /** A connection's first read may take so long; what it brings was there before, and did not just appear. */
  graphFirstReadMs: 15_000,
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
  /** One's own servers and devices: how many of each a site may name, read at once, and how long one may take. */
  onPremHostsMax: 500,
  onPremConcurrency: 8,
  onPremConnectTimeoutMs: 10_000,
  onPremReadTimeoutMs: 20_000,
  onPremAnswerCharactersMax: 1024 * 1024,
  snmpTimeoutMs: 2_000,
  snmpRowsMax: 4_000,
  /** A network scan: addresses of one range, attempts in a second and at once, and the wait for each. */
  scanAddressesMax: 4_096,
  scanPerSecondMax: 1_000,
  scanConcurrency: 128,
  scanConnectTimeoutMs: 1_500,
  dependentsDepthMax: 4,
  dependentsMax: 5_000,
  /** How long one process waits for another's lock on a database file. */
  storeBusyTimeoutMs: 5_000,
  /** What is left of a write-ahead log after a checkpoint. */
  storeWalBytesMax: 16 * 1024 * 1024,
  /** Pages that each open database may hold in memory; the system keeps the file's anyway. */
  storeCacheBytesMax: 1024 * 1024,
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
  /** A Neo4j server: the wait for it, how long a refused transaction is tried again, and items written or fetched at once. */
  neo4jConnectTimeoutMs: 10_000,
  neo4jRetryMs: 8_000,
  neo4jBatchItems: 500,
  logLinesMax: 2_000,
  /** Terminals and exports: proposals kept and how long. Terminals: bytes shown but not taken, bytes typed but not taken, size of one part. */
  terminalProposalsMax: 100,
  terminalProposalMs: 5 * 60_000,
  terminalWindowBytes: 256 * 1024,
  terminalInputBytes: 256 * 1024,
  terminalPartBytes: 32 * 1024,
  /** How long opening one, or one connection of a forward, may take. */
  terminalOpenTimeoutMs: 20_000,
  /** Terminals of one daemon at once; newest audit records looked at for lost ends; connections of one forward. */
  terminalsMax: 64,
  terminalRecordsMax: 10_000,
  forwardConnectionsMax: 64,
  /** One frame of a serial console, in bytes; how long a cloud that has none is not asked again. */
  serialFrameBytesMax: 1024 * 1024,
  consoleRefusedMs: 60 * 60_000,
  /** As long as an object of a cluster usually is at most; etcd keeps none over 1.5 MB. */
  manifestCharactersMax: 128 * 1024,
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
  /** Tables, charts and logs of its look-ups that are shown below what a model says. */
  modelShownBlocksMax: 8,
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
  /** Series kept, rows of the journal before open chunks are written, chunks written in one go, silence that closes one. */
  seriesMax: 20_000,
  seriesJournalRows: 64,
  seriesWritesMax: 200,
  seriesSilentMs: 10 * 60_000,
  /** How long single samples and roll-ups of a minute, ten minutes and an hour are kept. */
  seriesRawKeptMs: 26 * 3_600_000,
  seriesMinutesKeptMs: 14 * 24 * 3_600_000,
  seriesTenMinutesKeptMs: 120 * 24 * 3_600_000,
  seriesHoursKeptMs: 800 * 24 * 3_600_000,
  /** Series whose old data is looked for in one go. */
  seriesPruneMax: 400,
  /** One sampling of one source of metrics: time, samples; the least time between two; sources asked at once. */
  metricTimeoutMs: 20_000,
  metricSamplesMax: 60_000,
  metricIntervalMsMin: 1_000,
  metricSourcesAtOnce: 3,
  /** A source rests so many times as long as its last sampling took, and at most so long after errors. */
  metricRestFactor: 4,
  metricErrorMs: 5 * 60_000,
  /** How far the time of a sample may lie ahead, go back, and lag behind; largest value that is believed. */
  metricFutureMs: 60_000,
  metricBackMs: 5_000,
  metricLateMs: 5 * 60_000,
  metricValueMax: 1e30,
  /** Silence of one source after which another may go on with its series. */
  metricTakeoverMs: 5 * 60_000,
  /** Quiet time of a connection before it is sampled first, and after a clock that could not be trusted. */
  metricFirstMs: 2_000,
  metricDistrustMs: 60_000,
  /** Detectors: series in one block of memory, states kept in one go, and how often that is done. */
  detectorBankSize: 128,
  detectorSavesMax: 500,
  detectorSaveMs: 5 * 60_000,
  /** What is usual: rows and time it takes to say, what is left out before a surprise, and the same time of other days. */
  usualRowsMin: 60,
  usualSpanMs: 4 * 60_000,
  usualLeaveMs: 60_000,
  usualTimeOfDayMs: 45 * 60_000,
  /** A surprise becomes a finding after so long and so many rows outside; it is watched so long; older ones only teach. */
  episodeConfirmMs: 45_000,
  episodeRowsMin: 3,
  episodeWatchMs: 30 * 60_000,
  episodeOldMs: 10 * 60_000,
  /** A finding ends so long after it is back, without data, or at a new level (looked at now and then). */
  episodeBackMs: 2 * 60_000,
  episodeSilentMs: 15 * 60_000,
  episodeSettleMs: 6 * 3_600_000,
  episodeSettleLookMs: 30 * 60_000,
  /** It is a warning from so many times as far as matters, or after so long. */
  episodeFar: 2,
  episodeLongMs: 15 * 60_000,
  /** An explanation looks so far before and after the start, at so many resources, changes and marks. */
  explainBeforeMs: 30 * 60_000,
  explainAfterMs: 60_000,
  explainResourcesMax: 40,
  explainChangesMax: 20,
  explainMarksMax: 200,
  /** Forecasts of stored series: rows they need and take, steps ahead, and least history looked at. */
  foreseeRowsMin: 30,
  foreseeRowsMax: 1_200,
  foreseeStepsMax: 400,
  foreseeHistoryMsMin: 10 * 60_000,
  /** Capacities: series looked at in one go, and how often each. */
  capacitySeriesMax: 50,
  capacityEveryMs: 10 * 60_000,
  /** Hosts over all their metrics: columns, rows and history of a model, how often it is made, what is left out of it. */
  hostColumnsMin: 3,
  hostColumnsWatched: 40,
  hostRowsMin: 240,
  hostHistoryMs: 24 * 3_600_000,
  hostRetrainMs: 24 * 3_600_000,
  hostTryMs: 10 * 60_000,
  hostLeaveMs: 10 * 60_000,
  hostSilentMs: 5 * 60_000,
  /** A host is a finding after so many minutes in a row at this score (67: twice the line), and back after so many. */
  hostAlarmPercent: 67,
  hostConfirmRows: 3,
  hostBackRows: 5,
  /** The store of series is tidied this often. */
  watchMaintainMs: 60_000,
  /** A Prometheus server: queries at once, samples of one batch, steps it looks back at first, points of one question. */
  prometheusConcurrency: 4,
  /** A server that runs for less long and names no target may not have looked for them yet. */
  prometheusStartingMs: 60_000,
  prometheusBatchSamples: 40_000,
  prometheusBackSteps: 1_440,
  prometheusReadPoints: 1_000,
  /** Kubelets asked for what they count in one sampling. */
  kubeletsPerSample: 50,
  /** Servers asked for their diagnostics in one sampling. */
  novaServersPerSample: 60,
  /** Servers whose actions are followed, those that are gone among them. */
  novaActionServersMax: 5_000,
  /** How far back the sandbox simulates what nobody sampled. */
  sandboxHistoryMs: 2 * 3_600_000,
  /** Charts in one answer, and points of one. */
  answerChartsMax: 4,
  answerPointsMax: 240,
  /** Resources foreseen for one question: each takes a while. */
  answerForecastsMax: 10,
  /** Incidents: edges trouble is followed over, edges beyond which a thing is a hub, and times that join and reopen. */
  incidentReachMax: 2,
  incidentHubEdges: 60,
  incidentJoinMs: 10 * 60_000,
  incidentReopenMs: 10 * 60_000,
  /** Findings kept in one incident, ended incidents shown to a new subscriber, and those kept at all. */
  incidentFindingsMax: 50,
  incidentsShownMax: 200,
  incidentsKeptMax: 5_000,
  /** A change of an incident that only moves a figure is told at most this often. */
  incidentTellMs: 5_000,
  mutesMax: 200,
  /** Columns of a table whose rows are judged together. */
  hostColumnsMax: 300,
  /** The thread that learns goes when it had nothing to do for so long. */
  learnIdleMs: 20_000,
  /** Networks: tried for a resource at most this often, trained at most so long, of so much history, from so many rows. */
  learnTryMs: 10 * 60_000,
  learnBudgetMs: 4_500,
  learnEpochsMax: 60,
  learnHistoryMs: 7 * 24 * 3_600_000,
  learnRowsMin: 600,
  /** A network is learnt anew after so long, or when so many percent of a day lie beyond what it knew. */
  learnAgainMs: 24 * 3_600_000,
  learnDriftPercent: 10,
  /** Versions of one network that are kept. */
  learnVersionsMax: 5,
  /** Networks at most; further resources have none. */
  learnModelsMax: 200,
  /** Failures: foreseen within so long; a resource is looked at this often, in so much time a minute; looks are kept this often. */
  failureHorizonMs: 24 * 3_600_000,
  failureEveryMs: 10 * 60_000,
  failureSweepMs: 300,
  failureSliceMs: 8,
  failureLookMs: 30 * 60_000,
  /** What was said so long ago and not again is not shown any more. */
  failureStaleMs: 2 * 3_600_000,
  /** States of a resource that are looked back at, points of one series, looks and failures kept and for how long. */
  failureStatesMax: 60,
  failurePointsMax: 400,
  failureLooksMax: 50_000,
  failurePredictionsMax: 5_000,
  failureKeptMs: 60 * 24 * 3_600_000,
  /** A model is learnt from so many failures of a class on, from at most so many looks; so many failed in each part of them. */
  failureLabelsMin: 20,
  failureTeachMax: 8_000,
  failurePartMin: 5,
  failureRetrainMs: 24 * 3_600_000,
  failureVersionsMax: 5,
  /** Of what a model reports, so many percent must have come true on what it had not seen, in at least so many alarms. */
  failurePrecisionPercent: 70,
  failureAlarmsMin: 5,
  /** Probability, in percent, from which rules report and anything is listed. */
  failureReportPercent: 70,
  failureListPercent: 30,
  /** A log file that is read on: most that is read at once. */
  logTailBytesMax: 512 * 1024,
  /** Threats: one window of what a principal does (refusals and silencing count as long), the silence that ends it; how far back a log is read, and how long and from how many windows it is learnt first; how old a finding is told and how long it stays. */
  threatWindowMs: 3_600_000,
  threatGapMs: 20 * 60_000,
  threatBackMs: 30 * 24 * 3_600_000,
  threatLearnMs: 7 * 24 * 3_600_000,
  threatLearnWindows: 20,
  threatOpenMs: 24 * 3_600_000,
  /** Of one log: principals, things seen, windows it is calibrated on, findings (and windows of one), evidence and things in one window, refused attempts. */
  threatPrincipalsMax: 500,
  threatSeenMax: 5_000,
  threatCalibrationMax: 1_000,
  threatCasesMax: 50,
  threatEvidenceMax: 12,
  threatThingsMax: 300,
  threatRefusedMax: 200,
  /** Activities of one batch; quiet time before a look, how often state is kept, and the pause after a failed read. */
  threatBatchMax: 1_000,
  threatSettleMs: 1_000,
  threatSaveMs: 60_000,
  threatErrorMs: 10 * 60_000,
  /** Size of `daemon.log` before it is renamed to `daemon.log.1`. */
  logFileBytesMax: 5 * 1024 * 1024,
} as const;
export type Limits = { readonly [K in keyof typeof limits]: number };
