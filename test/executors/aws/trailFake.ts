// CloudTrail's LookupEvents over HTTP, as its API reference says: JSON 1.1, the newest first, fifty at most, a token for the
// next page that belongs to one request, times in seconds. The emulator of the lab does not know this call. It holds
// what the reference forbids against whoever asks, and stages its refusals.

import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A record as CloudTrail keeps it; what is not given is that of an ordinary change by an IAM user. */
export interface MadeEvent {
  readonly atMs: number;
  readonly id: string;
  readonly name: string;
  readonly source?: string;
  readonly identity?: object | null;
  readonly record?: object;
  readonly readOnly?: boolean;
  readonly resources?: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
}

export interface TrailFake {
  readonly endpoint: string;
  readonly events: MadeEvent[];
  /** Requests so far. */
  readonly asked: () => number;
  /** Refuses the next so many requests. */
  refuse(type: string, message: string, times: number): void;
  close(): Promise<void>;
}

interface Wish {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly MaxResults: number;
  readonly NextToken?: string;
  readonly LookupAttributes?: readonly { readonly AttributeKey: string; readonly AttributeValue: string }[];
}

export async function startTrailFake(): Promise<TrailFake> {
  const events: MadeEvent[] = [];
  let asked = 0;
  let refusal: { type: string; message: string; left: number } | undefined;
  const server = http.createServer((request, response) => {
    void textOf(request).then((text) => {
      asked++;
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify(body));
      };
      if (refusal && refusal.left-- > 0)
        return answer(400, { __type: refusal.type, message: refusal.message });
      try {
        assert.match(String(request.headers['x-amz-target']), /CloudTrail_20131101\.LookupEvents$/);
        assert.equal(request.headers['content-type'], 'application/x-amz-json-1.1');
        answer(200, pageOf(events, JSON.parse(text) as Wish));
      } catch (error) {
        answer(400, { __type: 'InvalidParameterCombinationException', message: String(error) });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    asked: () => asked,
    refuse: (type, message, times) => {
      refusal = { type, message, left: times };
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pageOf(events: readonly MadeEvent[], { NextToken, ...wish }: Wish): object {
  assert.ok(wish.StartTime <= wish.EndTime && wish.MaxResults <= 50);
  assert.ok((wish.LookupAttributes ?? []).length <= 1, 'only one attribute');
  const same = JSON.stringify(wish);
  const [from, asFor] = NextToken ? (JSON.parse(atob(NextToken)) as [number, string]) : [0, same];
  assert.equal(asFor, same, 'a token belongs to its request');
  const readOnly = wish.LookupAttributes?.find((one) => one.AttributeKey === 'ReadOnly')?.AttributeValue;
  const found = events
    .filter((one) => secondsOf(one) >= Math.floor(wish.StartTime) && secondsOf(one) <= wish.EndTime)
    .filter((one) => readOnly === undefined || String(one.readOnly ?? false) === readOnly)
    .sort((a, b) => b.atMs - a.atMs);
  const to = from + wish.MaxResults;
  return {
    Events: found.slice(from, to).map(lookedUp),
    ...(to < found.length && { NextToken: btoa(JSON.stringify([to, same])) }),
  };
}

const secondsOf = ({ atMs }: MadeEvent): number => Math.floor(atMs / 1_000);

function lookedUp(made: MadeEvent): object {
  const { id, name, source = 'ec2.amazonaws.com', readOnly = false, resources = [] } = made;
  const record = {
    eventVersion: '1.10',
    userIdentity: made.identity === undefined ? { type: 'IAMUser', userName: 'ann' } : made.identity,
    eventTime: new Date(made.atMs).toISOString(),
    eventSource: source,
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    requestParameters: { userData: 'canary-parameter' },
    responseElements: null,
    readOnly,
    ...made.record,
  };
  return {
    EventId: id,
    EventName: name,
    ReadOnly: String(readOnly),
    AccessKeyId: 'AKIACANARY',
    EventTime: secondsOf(made),
    EventSource: source,
    Username: 'canary-name',
    Resources: resources,
    CloudTrailEvent: JSON.stringify(record),
  };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
