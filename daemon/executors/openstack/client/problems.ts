// Turns what a cloud or the network answered into a Problem: a sentence and what to do. What the cloud itself said
// is quoted, shortened, and only after every known secret was taken out.

import type { Problem, ProblemCode } from '../../../../shared/model/problem.ts';
import { cleanText } from '../../kit/cleanText.ts';
import type { TransportError } from '../../kit/transport.ts';
import type { CloudConfig } from '../config/cloudConfig.ts';

/** What stands behind a request when it fails. */
export interface Circumstances {
  readonly config: CloudConfig;
  /** `Nova`, `Keystone`… */
  readonly service: string;
  /** What was tried, to go after "to": "create the server dev-box". */
  readonly what: string;
  readonly host: string;
  readonly user?: string;
  readonly project?: string;
  readonly redact: (text: string) => string;
}

const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

/** Problem of a request without a whole answer. */
export function problemOfTransport(error: TransportError, at: Circumstances): Problem {
  const where = `${at.service} at ${at.host}`;
  if (certificateCodes.test(error.code)) return certificateProblem(error.code, where, at.config);
  if (/^(EPROTO|ERR_SSL_)/.test(error.code))
    return {
      code: 'cloud-unreachable',
      message: `${where} does not speak TLS as expected.`,
      fix: `Check whether auth_url of "${at.config.name}" should begin with http:// instead of https://, and its port.`,
    };
  if (error.phase === 'answering')
    return {
      code: 'cloud-unreachable',
      message: `${where} stopped answering half-way through (${error.code}).`,
      fix: 'Try again; if it stays, look at the service or the proxy before it.',
    };
  if (error.phase === 'sent' || error.code === 'IDLE' || error.code === 'DEADLINE')
    return {
      code: 'cloud-unreachable',
      message: `${where} took the connection but did not answer in time (${error.code}).`,
      fix: 'Try again; if it stays, check VPN and firewall and whether the service is healthy.',
    };
  const unknownName = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  return {
    code: 'cloud-unreachable',
    message: unknownName
      ? `The name of ${where} cannot be looked up.`
      : `${where} cannot be reached (${error.code}).`,
    fix: `Check network, VPN and auth_url of "${at.config.name}" in ${at.config.origin}.`,
  };
}

function certificateProblem(code: string, where: string, config: CloudConfig): Problem {
  const place = `"${config.name}" in ${config.origin}`;
  if (code === 'CERT_HAS_EXPIRED')
    return {
      code: 'cloud-certificate',
      message: `The certificate of ${where} has expired.`,
      fix: 'Ask the operator of the cloud to renew it.',
    };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      code: 'cloud-certificate',
      message: `The certificate of ${where} is for another name.`,
      fix: `Use the name the certificate was made for in auth_url of ${place}.`,
    };
  const how = config.caFile
    ? `the file that cacert names (${config.caFile}) does not contain`
    : 'nobody known signed';
  return {
    code: 'cloud-certificate',
    message: `The certificate of ${where} is not trusted: ${how} its authority (${code}).`,
    fix: `Save the certificate of the cloud's authority to a file and name it in the setting "cacert" of ${place}.`,
  };
}

/** Problem of an answer that says no. */
export function problemOfStatus(status: number, text: string, at: Circumstances): Problem {
  const said = saidBy(text, at);
  const code = codeOf(status, text);
  const quote = said ? ` ${at.service} says: ${said}` : '';
  const who = at.user ? `User ${at.user} may not` : 'These credentials may not';
  const inProject = at.project ? ` in project ${at.project}` : '';
  const table: Readonly<Partial<Record<ProblemCode, readonly [string, string]>>> = {
    'cloud-unauthorized': [
      `${at.service} refused the login while trying to ${at.what}.`,
      `Check user, password and project of "${at.config.name}" in ${at.config.origin}.`,
    ],
    'cloud-forbidden': [
      `${who} ${at.what}${inProject}.`,
      'Ask an administrator of the project for a role that allows it, or use another cloud of clouds.yaml.',
    ],
    'cloud-not-found': [
      `${at.service} does not have what is needed to ${at.what}.`,
      'It may have been deleted meanwhile: refresh the tree and ask again.',
    ],
    'cloud-conflict': [
      `${at.service} could not ${at.what} in the state things are in now.`,
      'Wait until it is idle, look at its status, and ask again.',
    ],
    'cloud-quota': [
      `The quota${inProject} is full: ${at.service} refused to ${at.what}.`,
      'Delete what is not needed, choose a smaller size, or ask the operator of the cloud to raise the quota.',
    ],
    'cloud-throttled': [
      `${at.service} asks to slow down and refused to ${at.what}.`,
      'Wait a minute and ask again.',
    ],
    'cloud-invalid': [
      `${at.service} refused to ${at.what} as not valid.`,
      'Change what it complains about and ask again.',
    ],
    'cloud-failed': [
      `${at.service} failed (${status}) while trying to ${at.what}.`,
      'Look at the state of the thing before you ask again; the operator of the cloud finds the cause in the logs.',
    ],
  };
  const [message, fix] = table[code] ?? table['cloud-failed']!;
  return { code, message: `${message}${quote}`, fix };
}

function codeOf(status: number, text: string): ProblemCode {
  const quota = /quota|overlimit|over_limit|limit exceeded|LimitExceeded/i.test(text.slice(0, 4000));
  if (status === 401) return 'cloud-unauthorized';
  if ((status === 403 || status === 409 || status === 413) && quota) return 'cloud-quota';
  if (status === 403) return 'cloud-forbidden';
  if (status === 404) return 'cloud-not-found';
  if (status === 409) return 'cloud-conflict';
  if (status === 413 || status === 429) return 'cloud-throttled';
  if (status >= 400 && status < 500) return 'cloud-invalid';
  return 'cloud-failed';
}

/** The message inside an error body of any OpenStack service, made safe to show. */
function saidBy(text: string, at: Circumstances): string {
  let message = '';
  try {
    message = findMessage(JSON.parse(text)) ?? '';
  } catch {
    message = text.replace(/<(title|h1|style)[^>]*>.*?<\/\1>/gis, ' ').replace(/<[^>]*>/g, ' ');
  }
  return cleanText(at.redact(message));
}

function findMessage(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return depth === 0 || value.length < 2000 ? value : undefined;
  if (typeof value !== 'object' || value === null || depth > 3) return undefined;
  const record = value as Record<string, unknown>;
  if (typeof record.message === 'string') return record.message;
  for (const inner of Object.values(record)) {
    const found = typeof inner === 'object' ? findMessage(inner, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
