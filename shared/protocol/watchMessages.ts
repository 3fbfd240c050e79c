// The messages about what is measured, found and foreseen: a part of the one table in `messages.ts`, kept apart only
// for its length. The same rules hold: a message is never changed, only added or retired.

import type { Incident, IncidentDetails, Mute } from '../model/finding.ts';
import type { LearntModel } from '../model/learnt.ts';
import type { TriedServer, WatchStatus } from '../model/metricSettings.ts';
import type { FailureClass, FailureModel, FailureRecord, Prediction } from '../model/prediction.ts';
import type { SeriesForecast, SeriesInfo, SeriesRange, TimeMark } from '../model/series.ts';
import { emptySchema, idSchema } from './schemas.ts';
import * as schemas from './watchSchemas.ts';

type Result<T> = { readonly __result?: T };
const result = <T>(): Result<T> => ({});

export const watchRequests = {
  'watch/status': {
    params: emptySchema,
    result: result<WatchStatus>(),
    since: 2,
    doc: 'Which sources of metrics there are and how they fare, what is kept, and the settings.',
  },
  'watch/configure': {
    params: schemas.configureWatchSchema,
    result: result<WatchStatus>(),
    since: 2,
    doc: "Sets where metrics come from and how much is kept. Secrets stay in the daemon's memory. For a person's session only.",
  },
  'watch/tryServer': {
    params: schemas.tryServerSchema,
    result: result<TriedServer>(),
    since: 2,
    doc: "Asks a server that measures, without keeping it. For a person's session only.",
  },
  'series/list': {
    params: schemas.seriesListSchema,
    result: result<{
      readonly series: readonly SeriesInfo[];
      readonly total: number;
      readonly next?: string;
    }>(),
    since: 2,
    doc: 'A page of the stored series, by id.',
  },
  'series/range': {
    params: schemas.seriesRangeSchema,
    result: result<{ readonly ranges: readonly SeriesRange[]; readonly marks: readonly TimeMark[] }>(),
    since: 2,
    doc: 'A stretch of some series for a chart, at the finest width that fits, and what happened meanwhile.',
  },
  'series/forecast': {
    params: schemas.forecastSchema,
    result: result<SeriesForecast>(),
    since: 2,
    doc: 'What a series is expected to do, with intervals, and when it is full where it can be.',
  },
  'incident/list': {
    params: schemas.incidentListSchema,
    result: result<{ readonly incidents: readonly Incident[] }>(),
    since: 2,
    doc: 'Incidents, newest first.',
  },
  'incident/get': {
    params: schemas.incidentSchema,
    result: result<IncidentDetails>(),
    since: 2,
    doc: 'One incident with its explanation.',
  },
  'incident/feedback': {
    params: schemas.incidentFeedbackSchema,
    result: result<Incident>(),
    since: 2,
    doc: "What a person says of an incident; kept, and thresholds of its series move. For a person's session only.",
  },
  'mute/list': {
    params: emptySchema,
    result: result<{ readonly mutes: readonly Mute[] }>(),
    since: 2,
    doc: 'All mutes that have not ended.',
  },
  'mute/add': {
    params: schemas.muteSchema,
    result: result<Mute>(),
    since: 2,
    doc: "Keeps incidents quiet that fit everything that is set. For a person's session only.",
  },
  'mute/remove': {
    params: idSchema,
    result: result<{ readonly removed: boolean }>(),
    since: 2,
    doc: "Ends a mute. For a person's session only.",
  },
  'failure/list': {
    params: schemas.failureListSchema,
    result: result<{
      readonly predictions: readonly Prediction[];
      readonly models: readonly FailureModel[];
      readonly records: readonly FailureRecord[];
      readonly known: Readonly<Record<FailureClass, { readonly watched: number; readonly failures: number }>>;
    }>(),
    since: 2,
    doc: 'What is likely to fail and why, the most likely first; what became of earlier predictions; and the models.',
  },
  'network/list': {
    params: schemas.networkListSchema,
    result: result<{ readonly networks: readonly LearntModel[] }>(),
    since: 2,
    doc: 'Versions of the networks that were learnt here, by resource, the newest first.',
  },
  'network/train': {
    params: schemas.networkOfSchema,
    result: result<LearntModel>(),
    since: 2,
    doc: "Learns the network of a resource anew from what is stored. For a person's session only.",
  },
  'network/promote': {
    params: idSchema,
    result: result<LearntModel>(),
    since: 2,
    doc: "Puts a version into use. For a person's session only.",
  },
  'network/rollBack': {
    params: schemas.networkOfSchema,
    result: result<LearntModel>(),
    since: 2,
    doc: "Puts the version before back into use. For a person's session only.",
  },
} as const;
