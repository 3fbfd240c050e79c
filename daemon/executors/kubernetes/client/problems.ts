// Turns what an API server or the network answered into a Problem: a sentence and what to do. What the server itself
// said is quoted, shortened, and only after what looks like a secret was taken out.

import { type Problem, ProblemError } from '../../../../shared/model/problem.ts';
import { redactText } from '../../../../shared/model/redact.ts';
import { cleanText } from '../../kit/cleanText.ts';
import type { TransportError } from '../../kit/transport.ts';

/** What stands behind a request when it fails. */
export interface Circumstances {
  /** Name of the context. */
  readonly context: string;
  readonly origin: string;
  readonly host: string;
  /** What was tried, to go after "to": "scale the deployment web". */
  readonly what: string;
  readonly user?: string;
}

/** What an API server says when it says no. */
export interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: {
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly {
      readonly reason?: string;
      readonly message?: string;
      readonly field?: string;
    }[];
  };
}

const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

/** Problem of a request without a whole answer. */
export function problemOfTransport(error: TransportError, at: Circumstances): Problem {
  const where = `The API server of ${at.context} (${at.host})`;
  if (certificateCodes.test(error.code)) return certificateProblem(error.code, where, at);
  if (/SSL|EPROTO/.test(error.code))
    return {
      code: 'cloud-unreachable',
      message: `${where} does not speak TLS as expected.`,
      fix: `Check "server" of the cluster in ${at.origin}: scheme, address and port.`,
    };
  if (error.phase === 'answering')
    return {
      code: 'cloud-unreachable',
      message: `${where} stopped answering half-way through (${error.code}).`,
      fix: 'Try again; if it stays, look at the control plane or the proxy before it.',
    };
  if (error.phase === 'sent')
    return {
      code: 'cloud-unreachable',
      message: `${where} took the connection but did not answer in time (${error.code}).`,
      fix: 'Try again; if it stays, check VPN and firewall and whether the control plane is healthy.',
    };
  const unknownName = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  return {
    code: 'cloud-unreachable',
    message: unknownName
      ? `The name of ${at.host} (context ${at.context}) cannot be looked up.`
      : `${where} cannot be reached (${error.code}).`,
    fix: `Check network, VPN and "server" of the cluster in ${at.origin}.`,
  };
}

function certificateProblem(code: string, where: string, at: Circumstances): Problem {
  const [what, fix] =
    code === 'CERT_HAS_EXPIRED'
      ? ['has a certificate that has expired', 'Renew the certificate of the API server.']
      : code === 'ERR_TLS_CERT_ALTNAME_INVALID'
        ? [
            'has a certificate for another name',
            `Use the name the certificate was made for as "server" in ${at.origin}, or set tls-server-name.`,
          ]
        : [
            `has a certificate that is not trusted (${code})`,
            `Put the authority of the cluster into certificate-authority-data of the cluster in ${at.origin}.`,
          ];
  return { code: 'cloud-certificate', message: `${where} ${what}.`, fix };
}

/** Problem of an answer that says no. */
export function problemOfStatus(httpStatus: number, body: unknown, at: Circumstances): Problem {
  const status = statusOf(body);
  const said = status.message ? ` It says: ${clean(status.message)}` : '';
  const who = at.user ? `User ${at.user} may not` : 'These credentials may not';
  switch (httpStatus) {
    case 401:
      return {
        code: 'cloud-unauthorized',
        message: `${at.context} does not accept the credentials (any more): they are wrong or have expired.`,
        fix: `Sign in again with the tool that writes ${at.origin}; it is read again by itself.`,
      };
    case 403:
      if (/exceeded quota/i.test(status.message ?? ''))
        return {
          code: 'cloud-quota',
          message: `The quota of the namespace is full.${said}`,
          fix: 'Delete what is not needed, or ask for a larger ResourceQuota.',
        };
      return {
        code: 'cloud-forbidden',
        message: `${who} ${at.what}.${said}`,
        fix: 'Ask an administrator of the cluster for a role that allows it.',
      };
    case 404:
      return {
        code: 'cloud-not-found',
        message: `What is needed to ${at.what} is not there.${said}`,
        fix: 'It may have been deleted meanwhile: refresh the tree and ask again.',
      };
    case 409:
      return {
        code: 'cloud-conflict',
        message:
          status.reason === 'AlreadyExists'
            ? `It is there already, so it is not possible to ${at.what}.${said}`
            : `Somebody else changed it at the same moment, so it was not possible to ${at.what}.${said}`,
        fix: 'Look at what is there now, and ask again.',
      };
    case 429:
      return {
        code: 'cloud-throttled',
        message: `${at.context} asks to slow down and refused to ${at.what}.${said}`,
        fix: 'Wait a minute and ask again.',
      };
    case 400:
    case 405:
    case 406:
    case 415:
    case 422:
      return {
        code: 'cloud-invalid',
        message: `${at.context} refused to ${at.what} as not valid.${said}`,
        fix: 'Change what it complains about and ask again.',
      };
    default:
      return {
        code: 'cloud-failed',
        message: `${at.context} failed (${httpStatus}) while trying to ${at.what}.${said}`,
        fix: 'Look at the state of the thing before you ask again; the logs of the control plane have the cause.',
      };
  }
}

/** The Status object inside an answer, or an empty one. */
export function statusOf(body: unknown): Status {
  if (typeof body === 'string') return { message: body.slice(0, 2000) };
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status'
    ? (body as Status)
    : {};
}

/** What was said, made fit to stand inside a sentence. */
export function clean(text: string): string {
  return cleanText(redactText(text));
}

export function isProblem(error: unknown, code: Problem['code']): error is ProblemError {
  return error instanceof ProblemError && error.problem.code === code;
}
