// From a request to its handler: known method, valid parameters, a person where one is needed, then the handler.
// What a handler throws becomes the problem the client sees; what nobody expected is logged and ends the request,
// never the daemon. The table of messages is the only list of methods.

import {
  createJSONRPCErrorResponse,
  createJSONRPCSuccessResponse,
  type JSONRPCRequest,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import type { z } from 'zod';
import { type Problem, ProblemError, problemCodes, problemOf } from '../../shared/model/problem.ts';
import { redactText } from '../../shared/model/redact.ts';
import { type Method, type ResultOf, requests, type ValidParamsOf } from '../../shared/protocol/messages.ts';
import { asWriteProblem } from '../store/writeProblem.ts';
import type { Handlers, Log } from './contract.ts';
import type { Call } from './session.ts';

/** Methods that only a session with a person behind it may call. */
export const personMethods: ReadonlySet<Method> = new Set([
  'plan/approve',
  'plan/reject',
  'plan/cancel',
  'plan/resolve',
  'connection/configure',
  'manifest/read',
  'audit/acknowledge',
  'session/drain',
  'state/backup',
  'state/restore',
  'model/configure',
  'model/serve',
  'model/reply',
  'watch/configure',
  'watch/tryServer',
  'incident/feedback',
  'mute/add',
  'mute/remove',
  'network/train',
  'network/promote',
  'network/rollBack',
  'chat/configure',
  'alias/set',
  'alias/remove',
  'correction/list',
  'correction/clear',
  'terminal/ways',
  'terminal/propose',
  'terminal/open',
  'terminal/input',
  'terminal/resize',
  'terminal/taken',
  'terminal/ended',
  'terminal/forward',
  'terminal/console',
  'terminal/forwards',
  'terminal/stop',
  'neo4j/status',
  'neo4j/configure',
  'neo4j/try',
  'neo4j/query',
  'neo4j/propose',
  'neo4j/export',
]);

export type Initialize = (
  params: ValidParamsOf<'session/initialize'>,
  call: Call,
) => ResultOf<'session/initialize'>;

/** Methods that begin something; a daemon that is ending takes none of them. */
const beginningMethods: ReadonlySet<Method> = new Set([
  'request/submit',
  'request/choose',
  'plan/propose',
  'plan/approve',
  'plan/undo',
  'plan/continue',
  'terminal/propose',
  'terminal/open',
  'terminal/forward',
  'terminal/console',
  'neo4j/export',
]);

type AnyHandler = (params: never, call: Call) => unknown;

/** Gives the function that answers requests; it never rejects. */
export function createDispatch(
  handlers: Handlers,
  initialize: Initialize,
  log: Log,
): (request: JSONRPCRequest, call: Call) => PromiseLike<JSONRPCResponse | null> {
  const server = new JSONRPCServer<Call>({ errorListener: () => {} });
  const all: Readonly<Record<Method, AnyHandler>> = { ...handlers, 'session/initialize': initialize };
  for (const [method, message] of Object.entries(requests) as [Method, (typeof requests)[Method]][]) {
    const handler = all[method];
    const isForPersons = personMethods.has(method);
    const isBeginning = beginningMethods.has(method);
    server.addMethodAdvanced(method, (request, call) => {
      const id = request.id ?? null;
      const fail = (error: unknown) => problemResponse(id, error, method, log);
      try {
        if (isForPersons) requirePerson(method, call);
        if (isBeginning) requireStaying(call);
        const result = handler(validate(message.params, request.params) as never, call);
        // Most handlers answer at once: no turn is spent on waiting for them.
        return result instanceof Promise
          ? result.then((value) => createJSONRPCSuccessResponse(id, value ?? null)).catch(fail)
          : Promise.resolve(createJSONRPCSuccessResponse(id, result ?? null));
      } catch (error) {
        return Promise.resolve(fail(error));
      }
    });
  }
  server.handleMethodNotFound = async (request) =>
    problemResponse(request.id ?? null, new ProblemError(unknownMethod(request.method)), request.method, log);
  return (request, call) => server.receive(request, call);
}

function requirePerson(method: Method, call: Call): void {
  const { kind } = call.session.client;
  if (kind === 'editor' || kind === 'terminal') return;
  throw new ProblemError({
    code: 'not-a-person',
    message: `Only a person may do this (${method}); this session is a ${kind}.`,
    fix: 'Open the plan in the editor or in a terminal and decide there.',
  });
}

function requireStaying(call: Call): void {
  if (!call.services.daemon.isDraining) return;
  throw new ProblemError({
    code: 'draining',
    message: 'The daemon is ending and begins nothing new.',
    fix: 'Try again in a moment, when it has been replaced.',
  });
}

function validate(schema: z.ZodType, params: unknown): unknown {
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new ProblemError({
    code: 'bad-input',
    message: `The request is not valid: ${where}${issue?.message ?? 'unknown'}.`,
    fix: 'See docs/PROTOCOL.md for what the method takes.',
  });
}

function problemResponse(
  id: number | string | null,
  error: unknown,
  method: string,
  log: Log,
): JSONRPCResponse {
  const problem = problemOf(asWriteProblem(error));
  if (problem.code === 'internal') {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log('error', `${method} failed unexpectedly: ${redactText(stack)}`);
  }
  return createJSONRPCErrorResponse(id, problemCodes[problem.code], problem.message, problem);
}

function unknownMethod(method: string): Problem {
  return {
    code: 'unknown-method',
    message: `This daemon knows no ${JSON.stringify(method.slice(0, 100))}.`,
    fix: 'The client may be newer than the daemon: restart the daemon.',
  };
}
