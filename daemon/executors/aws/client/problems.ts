// Turns what AWS or the network answered into a Problem: a sentence and what to do. AWS's own words are quoted,
// shortened, without the encoded message only administrators can read. The codes are those of the "Common errors"
// pages of each service's API reference.

import type { Problem, ProblemCode } from '../../../../shared/model/problem.ts';
import { redactText } from '../../../../shared/model/redact.ts';
import { cleanText } from '../../kit/cleanText.ts';
import { errnoOf } from '../../kit/errno.ts';
import type { AccountSettings } from '../config/findAccounts.ts';

/** What stands behind a request when it fails. */
export interface Circumstances {
  readonly account: AccountSettings;
  /** `EC2`, `RDS`… */
  readonly service: string;
  /** What was tried, to go after "to": "stop the instance web-1". */
  readonly what: string;
  readonly who?: string;
}

/** The fields of an SDK error that are looked at. */
interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly status: number | undefined;
}

/** What went wrong, in the one distinction that decides about repeating. */
export type Failure = 'throttled' | 'unsent' | 'unanswered' | 'broken' | 'refused';

const throttleCodes =
  /^(Throttl|RequestLimitExceeded|TooManyRequests|RequestThrottled|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete)/;
const unsentCodes = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
const certificateCodes =
  /(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT)/;

export function thrownOf(error: unknown): Thrown {
  const at = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const metadata = at.$metadata as { readonly httpStatusCode?: number } | undefined;
  return {
    name: String(at.Code ?? at.name ?? ''),
    message: String(at.message ?? error),
    code: errnoOf(error) ?? '',
    status: metadata?.httpStatusCode,
  };
}

export function failureOf(error: unknown): Failure {
  const { name, code, status } = thrownOf(error);
  if (throttleCodes.test(name) || status === 429) return 'throttled';
  if (unsentCodes.test(code)) return 'unsent';
  // A zone without room refuses whole, though it says so as a failure of its own.
  if (isCredentialsError(name) || /^Insufficient/.test(name)) return 'refused';
  if (status === undefined || name === 'TimeoutError') return 'unanswered';
  return status >= 500 ? 'broken' : 'refused';
}

/** Problem of anything the SDK threw. */
export function problemOfAws(error: unknown, at: Circumstances): Problem {
  const thrown = thrownOf(error);
  if (certificateCodes.test(`${thrown.code} ${thrown.message}`)) return certificateProblem(at);
  if (isCredentialsError(thrown.name)) return credentialsProblem(thrown, at);
  const failure = failureOf(error);
  if (failure === 'unsent' || failure === 'unanswered') return networkProblem(thrown, failure, at);
  const [code, message, fix] = refusal(thrown, at, failure);
  return { code, message: `${message}${quoted(thrown, code, at)}`, fix };
}

function isCredentialsError(name: string): boolean {
  return /^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(name);
}

const label = ({ account }: Circumstances): string =>
  account.profile ? `the profile "${account.profile}"` : account.name;

/** What a person does to get fresh credentials, by where they come from. */
export function renewal(account: AccountSettings): string {
  switch (account.source) {
    case 'sso':
      return `Log in again: aws sso login --profile ${account.profile}.`;
    case 'login':
      return `Log in again: aws login --profile ${account.profile}.`;
    case 'variables':
      return 'Set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN anew and start Pilothouse again.';
    case 'process':
      return `Run the credential_process of "${account.profile}" by hand and see what it says.`;
    case 'role':
      return `Renew the credentials that take the role of "${account.profile}" (its source_profile).`;
    case 'web-identity':
      return 'Renew the token file that AWS_WEB_IDENTITY_TOKEN_FILE or the profile names.';
    case 'metadata':
      return 'Check that the machine has a role and that its metadata service can be reached.';
    case 'keys':
      return `Renew the keys of "${account.profile}": aws configure --profile ${account.profile}.`;
    default:
      return account.source satisfies never;
  }
}

function credentialsProblem({ message }: Thrown, at: Circumstances): Problem {
  const { account } = at;
  if (/mfa|multi-?factor/i.test(message))
    return {
      code: 'cloud-unauthorized',
      message: `${capital(label(at))} wants a code of a second factor, which Pilothouse never asks for.`,
      fix: 'Get a session with the code by your own tool and use its profile, or use SSO.',
    };
  if (account.source === 'sso')
    return {
      code: 'cloud-unauthorized',
      message: `The SSO login of ${label(at)} is missing or has expired.`,
      fix: renewal(account),
    };
  return {
    code: 'cloud-unauthorized',
    message: `There are no usable credentials for ${label(at)}: ${clean(message)}`,
    fix: renewal(account),
  };
}

function certificateProblem(at: Circumstances): Problem {
  return {
    code: 'cloud-certificate',
    message: `The certificate of ${at.service} in ${at.account.region} is not trusted.`,
    fix: 'Where a proxy opens the connection, name its authority in NODE_EXTRA_CA_CERTS and start Pilothouse again.',
  };
}

function networkProblem({ code, name }: Thrown, failure: Failure, at: Circumstances): Problem {
  const where = `${at.service} in ${at.account.region}`;
  const detail = code || name || 'no answer';
  if (failure === 'unsent')
    return {
      code: 'cloud-unreachable',
      message: /ENOTFOUND|EAI_AGAIN/.test(code)
        ? `The address of ${where} cannot be looked up.`
        : `${where} cannot be reached (${detail}).`,
      fix: `Check network, VPN and proxy, and whether the region "${at.account.region}" is written right.`,
    };
  return {
    code: 'cloud-unreachable',
    message: `${where} took the connection but did not answer whole (${detail}) when Pilothouse tried to ${at.what}.`,
    fix: 'Try again; if it stays, check VPN and firewall and the health page of AWS.',
  };
}

type Refusal = readonly [ProblemCode, string, string];

/** Name of the error → what to say. The first that fits wins. */
const refusals: readonly (readonly [RegExp, (at: Circumstances) => Refusal])[] = [
  [
    /^(ExpiredToken|RequestExpired|ExpiredTokenException)/,
    (at) => ['cloud-unauthorized', `The credentials of ${label(at)} have expired.`, renewal(at.account)],
  ],
  [
    /^(UnrecognizedClient|InvalidClientTokenId|AuthFailure|SignatureDoesNotMatch|InvalidAccessKeyId|MissingAuthenticationToken|IncompleteSignature|NotAuthorizedException)/,
    (at) => [
      'cloud-unauthorized',
      `AWS does not accept the credentials of ${label(at)}.`,
      renewal(at.account),
    ],
  ],
  [
    /^OptInRequired|SubscriptionRequired/,
    (at) => [
      'cloud-forbidden',
      `The account is not signed up for ${at.service} in ${at.account.region}.`,
      'Turn the region or the service on in the console of AWS, or use another region.',
    ],
  ],
  [
    /^(UnauthorizedOperation|AccessDenied|Forbidden|UnauthorizedAccess)/,
    (at) => [
      'cloud-forbidden',
      `${at.who ?? 'These credentials'} may not ${at.what}.`,
      'Ask the administrator of the account for a policy that allows it, or use a profile with another role.',
    ],
  ],
  [
    throttleCodes,
    (at) => [
      'cloud-throttled',
      `${at.service} refused to ${at.what}: the account is asked too often.`,
      'Wait a minute and ask again; set pilothouse_requests_per_second lower where others need the account, too.',
    ],
  ],
  [
    /^OperationNotPermitted/,
    (at) => [
      'cloud-conflict',
      `AWS refused to ${at.what}: it is protected.`,
      'Take the protection off first ("unlock …"), and ask again.',
    ],
  ],
  [
    /^(DependencyViolation|.*InUse|ResourceInUse.*|InvalidIPAddress\.InUse)$/,
    (at) => [
      'cloud-conflict',
      `AWS refused to ${at.what}: something still uses it.`,
      'Look at what hangs on it, take that away first, and ask again.',
    ],
  ],
  [
    /(Duplicate|AlreadyExists)/,
    (at) => ['cloud-conflict', `AWS refused to ${at.what}: there is one already.`, 'Choose another name.'],
  ],
  [
    /((NotFound|NotFoundFault|NotFoundException|Unavailable\.NotFound)$|^InvalidInstanceType$)/,
    (at) => [
      'cloud-not-found',
      `AWS does not have what is needed to ${at.what}.`,
      'It may have been deleted meanwhile: refresh the tree and ask again.',
    ],
  ],
  [
    /^(Insufficient|Capacity)/,
    (at) => [
      'cloud-failed',
      `AWS has no capacity left to ${at.what}.`,
      'Name another instance type or zone, or try again later.',
    ],
  ],
  [
    /(LimitExceeded|QuotaExceeded|Quota)/,
    (at) => [
      'cloud-quota',
      `A quota of the account is full: AWS refused to ${at.what}.`,
      'Delete what is not needed, or ask for more in Service Quotas.',
    ],
  ],
  [
    /(IncorrectState|IncorrectInstanceState|InvalidState|InvalidDBInstanceState|Conflict|NotActive)/,
    (at) => [
      'cloud-conflict',
      `AWS could not ${at.what} in the state things are in now.`,
      'Wait until it is idle, look at its status, and ask again.',
    ],
  ],
];

function refusal({ name, status }: Thrown, at: Circumstances, failure: Failure): Refusal {
  const known = refusals.find(([pattern]) => pattern.test(name))?.[1];
  if (known) return known(at);
  if (failure === 'broken')
    return [
      'cloud-failed',
      `${at.service} failed (${status}) while trying to ${at.what}.`,
      'Look at the state of the thing before you ask again.',
    ];
  if (status === 403) return ['cloud-forbidden', `AWS refused to ${at.what}.`, 'Ask for the right to do it.'];
  return [
    'cloud-invalid',
    `${at.service} refused to ${at.what} as not valid.`,
    'Change what it complains about and ask again.',
  ];
}

/** AWS's own words where they add something. */
function quoted({ name, message }: Thrown, code: ProblemCode, at: Circumstances): string {
  const action = /perform:? ?([a-z0-9-]+:[A-Za-z*]+)/.exec(message)?.[1];
  if (code === 'cloud-forbidden' && action) return ` It needs ${action}.`;
  const text = clean(message);
  if (code === 'cloud-unauthorized') return ` (${name})`;
  return text === '' || text === name ? ` (${name})` : ` ${at.service} says: ${text}`;
}

/** One line without control characters and secrets, at most so long as the limits allow. */
export function clean(text: string): string {
  return cleanText(redactText(text.replace(/ ?Encoded authorization failure message:.*/s, '')));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
