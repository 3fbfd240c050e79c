// A front before the simulator for what it never does by itself: to lose the answer of a request that was carried out,
// to withhold a privilege, to forget a session, to say something that is no SOAP. What a test does not script passes
// through unchanged.

import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../openstack/certificate.ts';

export interface Front {
  readonly host: string;
  readonly authority: string;
  /** Methods of all requests, in their order. */
  readonly seen: string[];
  /** The next request of this method is carried out, but its answer is lost. */
  loseAnswerOf(method: string): void;
  /** The next request of this method is carried out and never answered; comes true when it was carried out. */
  holdAnswerOf(method: string): Promise<void>;
  /** The next request of this method is answered with this SOAP body instead. */
  answer(method: string, body: string): void;
  /** This privilege is missing from now on. */
  withhold(privilege: string): void;
  /** From now on everything is answered with this page. */
  answerAll(status: number, page: string): void;
  close(): Promise<void>;
}

export async function startFront(target: string): Promise<Front> {
  const certificate = await makeCertificate('selfSigned');
  const seen: string[] = [];
  const lost = new Set<string>();
  const held = new Map<string, () => void>();
  const scripted = new Map<string, string>();
  const withheld = new Set<string>();
  let page: { status: number; text: string } | undefined;
  const server = https.createServer(
    { key: certificate.key, cert: certificate.certificate },
    async (request, response) => {
      const body = await textOf(request);
      const method = /<soapenv:Body><(\w+)/.exec(body)?.[1] ?? '';
      seen.push(method);
      const scriptedBody = scripted.get(method);
      if (page || scriptedBody !== undefined) {
        scripted.delete(method);
        response.writeHead(page?.status ?? 500, { 'content-type': 'text/xml' });
        response.end(page?.text ?? envelope(scriptedBody!));
        return;
      }
      const answer = await forward(target, request.headers, body).catch(() => undefined);
      if (!answer || lost.delete(method)) {
        request.socket.destroy();
        return;
      }
      const hold = held.get(method);
      if (hold) {
        held.delete(method);
        hold();
        return;
      }
      const text = method === 'HasPrivilegeOnEntities' ? withhold(answer.text, withheld) : answer.text;
      const cookie = answer.cookie === undefined ? {} : { 'set-cookie': answer.cookie };
      response.writeHead(answer.status, { 'content-type': 'text/xml', ...cookie });
      response.end(text);
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority: certificate.authority,
    seen,
    loseAnswerOf: (method) => void lost.add(method),
    holdAnswerOf: (method) => new Promise((resolve) => held.set(method, resolve)),
    answer: (method, body) => void scripted.set(method, body),
    withhold: (privilege) => void withheld.add(privilege),
    answerAll: (status, text) => {
      page = { status, text };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A fault of the API, as the body of an answer. */
export function faultBody(type: string, message: string, inside = ''): string {
  return `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>${message}</faultstring><detail><${type}Fault xmlns="urn:vim25" xsi:type="${type}">${inside}</${type}Fault></detail></soapenv:Fault>`;
}

function withhold(text: string, withheld: ReadonlySet<string>): string {
  let changed = text;
  for (const privilege of withheld)
    changed = changed.replace(
      new RegExp(`(<privId>${privilege}</privId>\\s*<isGranted>)true`, 'g'),
      '$1false',
    );
  return changed;
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function forward(
  target: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): Promise<{ status: number; text: string; cookie: string[] | undefined }> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      `https://${target}/sdk`,
      { method: 'POST', headers: { ...headers, host: target }, rejectUnauthorized: false },
      (answer) => {
        textOf(answer).then(
          (text) => resolve({ status: answer.statusCode ?? 500, text, cookie: answer.headers['set-cookie'] }),
          reject,
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
