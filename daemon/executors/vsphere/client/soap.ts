// One request of the vSphere API (SOAP, vim25) and its answer. It repeats a read that was cut off; a write that may have
// been heard is never repeated but becomes an UnsettledError, which its handler settles by reading. It does not log in.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Limits } from '../../../config.ts';
import { createGate } from '../../kit/gate.ts';
import { UnsettledError } from '../../kit/settling.ts';
import { createTransport, type HttpResponse, type Transport, TransportError } from '../../kit/transport.ts';
import type { Vcenter } from '../config/vcenter.ts';
import { checkerOf } from './certificate.ts';
import { child, type Ref, type XmlNode } from './node.ts';
import {
  type Circumstances,
  FaultError,
  faultOf,
  problemOfNonsense,
  problemOfTransport,
} from './problems.ts';
import { element, refElement, type Xml } from './xml.ts';

export interface SoapRequest {
  /** Name in the API: `PowerOnVM_Task`. */
  readonly method: string;
  readonly self: Ref;
  readonly content?: readonly Xml[];
  /** Changes nothing, so that it may be repeated. */
  readonly isRead: boolean;
  readonly cookie?: string;
  readonly signal: AbortSignal;
}

export interface SoapAnswer {
  /** The element `…Response`. */
  readonly response: XmlNode | undefined;
  readonly cookie?: string;
}

export interface Soap {
  /** Throws FaultError, UnsettledError, ProblemError, or an AbortError when the signal ended it. */
  send(request: SoapRequest, at: Circumstances): Promise<SoapAnswer>;
  dispose(): void;
}

/** Spoken by every vCenter and ESXi since 6.0; newer ones keep to it when they are asked so. */
const action = 'urn:vim25/6.0';
const cutCodes = ['ECONNRESET', 'EPIPE', 'TRUNCATED'];

export function createSoap(
  vcenter: Vcenter,
  limits: Limits,
  env: Readonly<Record<string, string | undefined>>,
  idleTimeoutMs = limits.cloudIdleTimeoutMs,
): Soap {
  const gate = createGate(limits.cloudConcurrency);
  const transport = createTransport({
    ca: vcenter.ca,
    verify: vcenter.verify,
    checkServer: checkerOf(vcenter.thumbprint, vcenter.verify),
    idleTimeoutMs,
    requestTimeoutMs: limits.cloudRequestTimeoutMs,
    bodyBytesMax: limits.cloudBodyBytesMax,
    connectionsMax: limits.cloudConcurrency,
    env,
  });
  return {
    send: async (request, at) => {
      const answer = await gate.run(() => sendOnce(transport, vcenter, request, at), request.signal);
      return readAnswer(answer, request, at);
    },
    dispose: () => transport.dispose(),
  };
}

async function sendOnce(
  transport: Transport,
  vcenter: Vcenter,
  request: SoapRequest,
  at: Circumstances,
): Promise<HttpResponse> {
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    soapaction: action,
    ...(request.cookie === undefined ? {} : { cookie: request.cookie }),
  };
  const sent = { method: 'POST', url: vcenter.url, headers, body: envelope(request), signal: request.signal };
  for (let wasCut = false; ; wasCut = true) {
    try {
      return await transport.send({ ...sent, fresh: !request.isRead || wasCut });
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (request.isRead && !wasCut && cutCodes.includes(error.code)) continue;
      const problem = problemOfTransport(error, at);
      const wasHeard = !request.isRead && error.phase !== 'connecting';
      throw wasHeard ? new UnsettledError(problem, error) : new ProblemError(problem, error);
    }
  }
}

async function readAnswer(
  answer: HttpResponse,
  request: SoapRequest,
  at: Circumstances,
): Promise<SoapAnswer> {
  const { parseXml } = await import('./parse.ts');
  let body: XmlNode | undefined;
  try {
    body = child(parseXml(answer.text), 'Envelope', 'Body');
  } catch {
    body = undefined;
  }
  const fault = faultOf(body);
  if (fault) throw new FaultError(fault, at);
  if (body === undefined || answer.status !== 200) {
    const problem = problemOfNonsense(answer.status, at);
    throw request.isRead || answer.status < 500 ? new ProblemError(problem) : new UnsettledError(problem);
  }
  const cookie = answer.headers['set-cookie']?.find((one) => one.startsWith('vmware_soap_session='));
  return { response: child(body, `${request.method}Response`), cookie: cookie?.split(';')[0] };
}

function envelope({ method, self, content = [] }: SoapRequest): string {
  const call = element(method, [refElement('_this', self), ...content], { xmlns: 'urn:vim25' });
  const attributes = {
    'xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
    'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  };
  const document = element('soapenv:Envelope', [element('soapenv:Body', [call])], attributes);
  return `<?xml version="1.0" encoding="UTF-8"?>${document}`;
}
