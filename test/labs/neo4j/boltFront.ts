// A front before a Neo4j of 2017: the drivers of today begin at version 3 of Bolt, that server speaks version 1. The
// front answers as version 3 and passes everything on: a sign-in, a query and its rows go through as they are; the
// begin, commit and rollback of a transaction, messages of their own since version 3, are said in the words they had
// before. It decides nothing, answers nothing by itself and changes no query, no row and no error.

import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { createUnframer, frame, messages, type PackedMap, Structure } from './packStream.ts';

/** The four bytes every client begins with, and the version of the server behind. */
const magic = Buffer.from([0x60, 0x60, 0xb0, 0x17]);
const serverVersions = Buffer.concat([magic, Buffer.from([0, 0, 0, 1]), Buffer.alloc(12)]);
const answeredVersion = Buffer.from([0, 0, 0, 3]);

export interface BoltFront {
  readonly port: number;
  /** Lines that are open now. */
  readonly lines: number;
  close(): Promise<void>;
}

export async function startBoltFront(serverPort: number, port = 0): Promise<BoltFront> {
  const open = new Set<net.Socket>();
  const listener = net.createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    connect(client, serverPort);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (listener.address() as net.AddressInfo).port,
    get lines() {
      return open.size;
    },
    async close() {
      for (const client of open) client.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
    },
  };
}

/** What becomes of the answer to a message that was passed on. */
type Fate = 'pass' | 'pass as signed in' | 'drop unless it fails' | 'drop where the one before failed';

function connect(client: net.Socket, serverPort: number): void {
  const server = net.connect(serverPort, '127.0.0.1');
  server.write(serverVersions);
  const fates: Fate[] = [];
  const send = (fate: Fate, tag: number, ...fields: Structure['fields'][number][]): void => {
    fates.push(fate);
    server.write(frame(new Structure(tag, fields)));
  };
  const say = (text: string): void => {
    send('drop unless it fails', messages.run, text, {});
    send('drop where the one before failed', messages.discard);
  };
  let hasFailed = false;

  function fromClient(message: Structure): void {
    const [first, second] = message.fields;
    switch (message.tag) {
      case messages.init: {
        const { user_agent, scheme, principal, credentials } = first as PackedMap;
        const auth = { scheme: scheme ?? 'none', principal: principal ?? '', credentials: credentials ?? '' };
        send('pass as signed in', messages.init, user_agent ?? 'front', auth);
        break;
      }
      case messages.run:
        send('pass', messages.run, first ?? '', second ?? {});
        break;
      case messages.begin:
        say('BEGIN');
        break;
      case messages.commit:
        say('COMMIT');
        break;
      case messages.rollback:
        say('ROLLBACK');
        break;
      case messages.goodbye:
        server.end();
        break;
      default:
        send('pass', message.tag, ...message.fields);
        break;
    }
  }
  function fromServer(message: Structure): void {
    if (message.tag === messages.record) {
      client.write(frame(message));
      return;
    }
    const isFailure = message.tag === messages.failure;
    const fate = fates.shift();
    if (fate === 'drop unless it fails') {
      // What is ignored since an earlier failure is answered once, too.
      hasFailed = message.tag !== messages.success;
      if (hasFailed) client.write(frame(message));
    } else if (fate === 'drop where the one before failed') {
      if (!hasFailed) client.write(frame(message));
    } else if (fate === 'pass as signed in' && !isFailure) {
      const known = message.fields[0] as PackedMap;
      client.write(frame(new Structure(message.tag, [{ ...known, connection_id: 'front' }])));
    } else client.write(frame(message));
  }

  // Like the server: whoever does not begin as Bolt does is shown the door.
  pipe(client, 20, fromClient, (said) =>
    said.subarray(0, 4).equals(magic) ? client.write(answeredVersion) : client.destroy(),
  );
  pipe(server, 4, fromServer, () => {});
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  for (const socket of [client, server]) socket.setNoDelay().on('close', end).on('error', end);
}

/** Skips the bytes of the handshake, then gives each message. */
function pipe(
  from: net.Socket,
  handshakeBytes: number,
  take: (message: Structure) => void,
  onHandshake: (said: Buffer) => void,
): void {
  const unframe = createUnframer();
  let early: Buffer | undefined = Buffer.alloc(0);
  from.on('data', (bytes: Buffer) => {
    let rest = bytes;
    if (early) {
      early = Buffer.concat([early, bytes]);
      if (early.length < handshakeBytes) return;
      rest = early.subarray(handshakeBytes);
      onHandshake(early);
      early = undefined;
    }
    for (const message of unframe(rest)) take(message);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port, serverPort] = process.argv.slice(2).map(Number);
  await startBoltFront(serverPort!, port!);
}
