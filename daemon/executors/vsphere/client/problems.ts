// Turns what a vCenter or the network answered into a Problem: a sentence and what to do. What the server itself said
// is quoted, shortened, and only after the password was taken out.

import { type Problem, type ProblemCode, ProblemError } from '../../../../shared/model/problem.ts';
import { cleanText } from '../../kit/cleanText.ts';
import type { TransportError } from '../../kit/transport.ts';
import type { Vcenter } from '../config/vcenter.ts';
import { CertificateError } from './certificate.ts';
import { child, childNames, textAt, typeOf, type XmlNode } from './node.ts';

/** What stands behind a request when it fails. */
export interface Circumstances {
  readonly vcenter: Pick<Vcenter, 'name' | 'user' | 'origin' | 'url'>;
  /** What was tried, to go after "to": "power on the VM web-1". */
  readonly what: string;
  readonly redact: (text: string) => string;
}

/** A fault of the vSphere API: its type (`InvalidPowerState`) and what the server says about it. */
export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly detail: XmlNode | undefined;
}

/** The server understood and said no. */
export class FaultError extends ProblemError {
  readonly fault: Fault;
  constructor(fault: Fault, at: Circumstances) {
    super(problemOfFault(fault, at));
    this.fault = fault;
  }
}

/** The fault in a SOAP body, if it is one. */
export function faultOf(body: XmlNode | undefined): Fault | undefined {
  const fault = child(body, 'Fault');
  if (fault === undefined) return undefined;
  const details = child(fault, 'detail');
  const name = childNames(details)[0];
  const detail = name === undefined ? undefined : child(details, name);
  return {
    type: typeOf(detail) ?? name?.replace(/Fault$/, '') ?? 'Unknown',
    message: textAt(fault, 'faultstring') ?? '',
    detail,
  };
}

/** The fault a task ended with. */
export function faultOfTask(error: XmlNode): Fault {
  const detail = child(error, 'fault');
  return { type: typeOf(detail) ?? 'Unknown', message: textAt(error, 'localizedMessage') ?? '', detail };
}

type Saying = readonly [ProblemCode, (at: Circumstances, fault: Fault) => string, string];

const conflict: Saying = [
  'cloud-conflict',
  ({ vcenter, what }) => `${vcenter.name} could not ${what} in the state things are in now.`,
  'Wait until it is idle, look at its status, and ask again.',
];
const unauthorized: Saying = [
  'cloud-unauthorized',
  ({ vcenter }) => `${vcenter.name} does not know user ${vcenter.user} with this password.`,
  'Check user and password of this vCenter where it is configured.',
];
const full: Saying = [
  'cloud-quota',
  ({ vcenter, what }) => `${vcenter.name} has not enough left to ${what}.`,
  'Free space or memory, or choose another host or datastore.',
];
const invalid: Saying = [
  'cloud-invalid',
  ({ vcenter, what }) => `${vcenter.name} refused to ${what} as not valid.`,
  'Change what it complains about and ask again.',
];

/** Faults by their type in the vSphere Web Services API reference. */
const sayings: Readonly<Record<string, Saying>> = {
  InvalidLogin: unauthorized,
  NotAuthenticated: unauthorized,
  PasswordExpired: [
    'cloud-unauthorized',
    ({ vcenter }) => `The password of user ${vcenter.user} at ${vcenter.name} has expired.`,
    'Set a new one with the vSphere client, and write it where this vCenter is configured.',
  ],
  NoPermission: [
    'cloud-forbidden',
    ({ vcenter, what }, { detail }) => {
      const privilege = textAt(detail, 'privilegeId');
      return `User ${vcenter.user} may not ${what}${privilege ? `: the privilege ${privilege} is missing` : ''}.`;
    },
    'Ask an administrator of the vCenter for a role that has it.',
  ],
  ManagedObjectNotFound: [
    'cloud-not-found',
    ({ vcenter, what }) => `${vcenter.name} does not have what is needed to ${what}.`,
    'It may have been deleted meanwhile: refresh the tree and ask again.',
  ],
  InvalidPowerState: conflict,
  InvalidState: conflict,
  TaskInProgress: conflict,
  FileLocked: conflict,
  DuplicateName: [
    'cloud-conflict',
    ({ vcenter, what }) => `${vcenter.name} could not ${what}: the name is taken.`,
    'Choose another name.',
  ],
  ToolsUnavailable: [
    'cloud-conflict',
    ({ what }) => `VMware Tools do not run in the guest, so nothing can ${what} from inside.`,
    'Ask for the hard way, which cuts the power, or start the tools.',
  ],
  InsufficientResourcesFault: full,
  InsufficientCpuResourcesFault: full,
  InsufficientMemoryResourcesFault: full,
  NoDiskSpace: full,
  InvalidArgument: invalid,
  InvalidName: invalid,
  NotSupported: [
    'unsupported',
    ({ vcenter, what }) => `${vcenter.name} cannot ${what}.`,
    'A free ESXi host allows no changes by its API, and some things need a vCenter.',
  ],
  RestrictedVersion: [
    'unsupported',
    ({ vcenter, what }) => `The licence of ${vcenter.name} does not allow it to ${what} by its API.`,
    'Do it in its own client, or use a host with a licence.',
  ],
};

/** Problem of a fault. One that is not known here is quoted. */
export function problemOfFault(fault: Fault, at: Circumstances): Problem {
  const saying = sayings[fault.type];
  const said = cleanText(at.redact(fault.message));
  const quote = said && !/^(a general system error|fault)\.?$/i.test(said) ? ` It says: ${said}` : '';
  if (saying) return { code: saying[0], message: saying[1](at, fault) + quote, fix: saying[2] };
  return {
    code: 'cloud-failed',
    message: `${at.vcenter.name} failed to ${at.what} (${fault.type}).${quote}`,
    fix: 'Look at the state of the thing, and at the task in the vSphere client, before you ask again.',
  };
}

/** Problem of a request without a whole answer. */
export function problemOfTransport(error: TransportError, at: Circumstances): Problem {
  const { cause } = error;
  const where = `${at.vcenter.name} (${at.vcenter.url.host})`;
  if (cause instanceof CertificateError) return certificateProblem(cause, where, at.vcenter);
  if (/^(EPROTO|ERR_SSL_)/.test(error.code))
    return {
      code: 'cloud-unreachable',
      message: `${where} does not speak TLS.`,
      fix: `Check host and port in ${at.vcenter.origin}.`,
    };
  if (error.phase === 'answering')
    return {
      code: 'cloud-unreachable',
      message: `${where} stopped answering half-way through (${error.code}).`,
      fix: 'Try again; if it stays, look at the vCenter or the proxy before it.',
    };
  if (error.phase === 'sent' || error.code === 'IDLE' || error.code === 'DEADLINE')
    return {
      code: 'cloud-unreachable',
      message: `${where} took the connection but did not answer in time (${error.code}).`,
      fix: 'Try again; if it stays, check VPN and firewall and whether the vCenter is healthy.',
    };
  const isUnknownName = error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  return {
    code: 'cloud-unreachable',
    message: isUnknownName
      ? `The name of ${where} cannot be looked up.`
      : `${where} cannot be reached (${error.code}).`,
    fix: `Check network, VPN and the address in ${at.vcenter.origin}.`,
  };
}

function certificateProblem(
  error: CertificateError,
  where: string,
  vcenter: Circumstances['vcenter'],
): Problem {
  if (error.differs)
    return {
      code: 'cloud-certificate',
      message: `${where} shows another certificate than the one written down: ${error.thumbprint}.`,
      fix: `Ask whoever runs it whether it was renewed. Only then write the new thumbprint into ${vcenter.origin}.`,
    };
  return {
    code: 'cloud-certificate',
    message: `Nobody known vouches for the certificate of ${where} (${error.reason}). Its thumbprint is ${error.thumbprint}.`,
    fix: `Compare the thumbprint with the one on the server, then write it as "thumbprint" of this vCenter into ~/.config/pilothouse/vsphere.yaml, or name its authority in "ca_file".`,
  };
}

/** Problem of an answer that is no SOAP. */
export function problemOfNonsense(status: number, at: Circumstances): Problem {
  return {
    code: 'cloud-failed',
    message: `${at.vcenter.name} (${at.vcenter.url.host}) answered ${status} and nothing that the vSphere API would say.`,
    fix: `Check whether the address in ${at.vcenter.origin} is that of a vCenter or ESXi host; its services may be starting.`,
  };
}
