// Sends one request until it has an answer worth looking at: waits and repeats where the cloud asks to slow down or
// a service is away for a moment, and repeats a read once on a fresh connection where the old one was cut. It never
// repeats a write that may have been heard: that becomes an UnsettledError, which its handler settles by reading.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Limits } from '../../../config.ts';
import type { Gate } from '../../kit/gate.ts';
import { backoffMs, pause, retryAfterMs } from '../../kit/pause.ts';
import { UnsettledError } from '../../kit/settling.ts';
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from '../../kit/transport.ts';
import { type Circumstances, problemOfStatus, problemOfTransport } from './problems.ts';

export type CloudLimits = Pick<
  Limits,
  | 'cloudIdleTimeoutMs'
  | 'cloudRequestTimeoutMs'
  | 'cloudConcurrency'
  | 'cloudRetriesMax'
  | 'cloudBackoffFirstMs'
  | 'cloudBackoffMs'
  | 'cloudRetryAfterMsMax'
  | 'cloudBodyBytesMax'
  | 'cloudPageItems'
  | 'cloudPagesMax'
>;

export interface Sending {
  readonly transport: Transport;
  readonly gate: Gate;
  readonly limits: CloudLimits;
  readonly now: () => number;
}

const idempotentMethods = ['GET', 'HEAD', 'PUT', 'DELETE'];
/** Cut off on an old connection, as opposed to refused or slow. */
const cutCodes = ['ECONNRESET', 'EPIPE', 'TRUNCATED'];

/** Answer of any status but those that were worth waiting for. Throws ProblemError, or an AbortError. */
export async function sendUntilAnswered(
  request: Omit<HttpRequest, 'fresh'>,
  sending: Sending,
  at: Circumstances,
): Promise<HttpResponse> {
  const isRead = idempotentMethods.includes(request.method);
  let wasCut = false;
  for (let attempt = 0; ; attempt++) {
    let response: HttpResponse;
    try {
      const fresh = !isRead || wasCut;
      response = await sending.gate.run(() => sending.transport.send({ ...request, fresh }), request.signal);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (isRead && !wasCut && cutCodes.includes(error.code)) {
        wasCut = true;
        continue;
      }
      throw failed(error, isRead, at);
    }
    const waitMs = waitBeforeRepeat(response, isRead, attempt, sending);
    if (waitMs === undefined) {
      if (!isRead && response.status >= 500)
        throw new UnsettledError(problemOfStatus(response.status, response.text, at));
      return response;
    }
    await pause(waitMs, request.signal);
  }
}

/** How long to wait before the same request may go out again; undefined where it must not. */
function waitBeforeRepeat(
  response: HttpResponse,
  isRead: boolean,
  attempt: number,
  { limits, now }: Sending,
): number | undefined {
  const isThrottled =
    response.status === 429 || (response.status === 413 && response.headers['retry-after'] !== undefined);
  const isAway = isRead && [502, 503, 504].includes(response.status);
  if ((!isThrottled && !isAway) || attempt >= limits.cloudRetriesMax) return undefined;
  const asked = retryAfterMs(response.headers['retry-after'], now());
  if (asked !== undefined && asked > limits.cloudRetryAfterMsMax) return undefined;
  return Math.max(asked ?? 0, backoffMs(attempt, limits.cloudBackoffFirstMs, limits.cloudBackoffMs));
}

function failed(error: TransportError, isRead: boolean, at: Circumstances): ProblemError {
  const problem = problemOfTransport(error, at);
  const wasHeard = !isRead && error.phase !== 'connecting';
  return wasHeard ? new UnsettledError(problem, error) : new ProblemError(problem, error);
}
