// What a Neo4j server or the line to it says, as problems of ours: wrong password, not there, no TLS, a query it does
// not understand and where, a write where only reading is allowed. Reads codes and messages of the driver and knows
// nothing else of it. The codes are those of Neo4j's status codes page; no message of ours holds a password.

import type { Neo4jServer } from '../../shared/model/neo4j.ts';
import { type Problem, type ProblemCode, ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';

/** Turns anything the driver throws into a ProblemError; a cancel and a ProblemError stay what they are. */
export function lineProblem(error: unknown, server: Neo4jServer): unknown {
  if (error instanceof ProblemError) return error;
  if (!(error instanceof Error) || error.name === 'AbortError') return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said = saidBy(error);
  return new ProblemError(
    code.startsWith('Neo.') ? problemOfServer(code, said, server) : problemOfLine(said, server),
    error,
  );
}

export function tooSlow(timeMs: number): ProblemError {
  return new ProblemError({
    code: 'timed-out',
    message: `The Neo4j server did not answer within ${Math.round(timeMs / 1_000)} s.`,
    fix: 'Ask for less, or see whether the server is busy.',
  });
}

export function onlyReading(): ProblemError {
  return new ProblemError({
    code: 'not-allowed',
    message: 'This query would write; a query to Neo4j from here only reads. Nothing was run.',
    fix: 'Leave out CREATE, MERGE, SET, DELETE, REMOVE and procedures that write.',
  });
}

/** A query that is explained before it is run: places on its first line are named as if it stood alone. */
export function withoutPrefix(error: unknown, prefixLength: number): unknown {
  if (!(error instanceof ProblemError) || error.problem.code !== 'bad-input') return error;
  const message = error.problem.message.replace(
    /\(line (\d+), column (\d+) \(offset: (\d+)\)\)/,
    (_all, line: string, column: string, offset: string) =>
      `(line ${line}, column ${Number(column) - (line === '1' ? prefixLength : 0)} (offset: ${Number(offset) - prefixLength}))`,
  );
  return new ProblemError({ ...error.problem, message }, error.cause);
}

/** The first line: the others repeat the query with a mark below it. */
function saidBy({ message }: Error): string {
  const [first = ''] = message.split('\n');
  // The driver's advice comes first, what happened comes last.
  const cause = first.split('Caused by: ').at(-1) ?? first;
  return cause.slice(0, limits.cloudMessageCharactersMax).trim();
}

type Known = readonly [
  pattern: RegExp,
  code: ProblemCode,
  message: (said: string, server: Neo4jServer) => string,
  fix: string,
];

const ofServer: readonly Known[] = [
  [
    /Security\.(Unauthorized|TokenExpired)/,
    'cloud-unauthorized',
    (_said, { url, user }) => `The Neo4j server at ${url} does not take this password of ${user}.`,
    'Set the server anew (Pilothouse: Set Neo4j Server) with the right user and password.',
  ],
  [
    /Security\.AuthenticationRateLimit/,
    'cloud-throttled',
    (_said, { user }) =>
      `The Neo4j server takes no more sign-ins of ${user} for a while: too many were wrong.`,
    'Wait a minute, then set the right password.',
  ],
  [
    /Security\.CredentialsExpired/,
    'cloud-unauthorized',
    (_said, { user }) => `The Neo4j server wants ${user} to change the password first.`,
    "Change it with Neo4j's own tools, then set the new one here.",
  ],
  [
    /Statement\.AccessMode/,
    'not-allowed',
    () => 'The Neo4j server refused a write: a query from here only reads.',
    'Leave out what writes.',
  ],
  [
    /Security\./,
    'cloud-forbidden',
    (said, { user }) => `The Neo4j server does not let ${user} do this: ${said}`,
    'Use a user with the role for it (an export needs to write nodes, relations and a constraint).',
  ],
  [
    /Database\.DatabaseNotFound/,
    'config-invalid',
    (_said, { database }) => `The Neo4j server has no database ${database ?? ''}.`.replace(' .', '.'),
    'Set the server anew with a database it has, or with none for its default.',
  ],
  [
    /TransactionTimedOut|TransactionTerminated|Transaction\.Terminated/,
    'timed-out',
    () => 'The Neo4j server ended the transaction: it took too long, or somebody ended it there.',
    'Ask for less.',
  ],
  [
    /^Neo\.ClientError\.(Statement|Procedure)\./,
    'bad-input',
    (said) => `Neo4j does not take the query: ${said}`,
    'See the Cypher manual of the version that the server has.',
  ],
];

const ofLine: readonly Known[] = [
  [
    /does not support multiple databases|database.*not supported/i,
    'config-invalid',
    (_said, { database }) =>
      `The Neo4j server is too old to have several databases, ${database ?? ''} among them.`,
    'Set the server anew without a database.',
  ],
  [
    /responded HTTP/i,
    'config-invalid',
    (_said, { url }) => `What answers at ${url} is a web server and does not speak Bolt.`,
    'Use the port of Bolt, 7687 mostly.',
  ],
  [
    /self[- ]signed|certificate|altname|CERT_|unable to verify/i,
    'cloud-certificate',
    (said, { url }) => `The certificate of ${url} is not trusted: ${said}`,
    'Let the server have one that this machine trusts, or use +ssc in the address where any certificate will do.',
  ],
  [
    /EPROTO|SSL|before secure TLS|wrong version number/i,
    'cloud-certificate',
    (_said, { url }) => `What answers at ${url} does not speak TLS.`,
    'Use the address without +s, or switch TLS on at the server.',
  ],
  [
    /unknown protocol|protocol version|handshake|not a bolt|negotiate/i,
    'config-invalid',
    (_said, { url }) => `What answers at ${url} does not speak Bolt, or no version of it that is known here.`,
    'Use the port of Bolt, 7687 mostly; Neo4j 3.5 and later are spoken to.',
  ],
];

function problemOfServer(code: string, said: string, server: Neo4jServer): Problem {
  return (
    find(ofServer, code, said, server) ?? {
      code: code.startsWith('Neo.TransientError') ? 'cloud-throttled' : 'cloud-failed',
      message: `The Neo4j server says (${code}): ${said}`,
      fix: 'See the log of the server, and try again.',
    }
  );
}

function problemOfLine(said: string, server: Neo4jServer): Problem {
  return (
    find(ofLine, said, said, server) ?? {
      code: 'cloud-unreachable',
      message: `The Neo4j server at ${server.url} does not answer: ${said}`,
      fix: 'Check address and port, and whether the server runs and can be reached from this machine.',
    }
  );
}

function find(known: readonly Known[], by: string, said: string, server: Neo4jServer): Problem | undefined {
  const found = known.find(([pattern]) => pattern.test(by));
  if (!found) return undefined;
  const [, code, message, fix] = found;
  return { code, message: message(said, server), fix };
}
