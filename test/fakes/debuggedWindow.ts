// A window whose own process runs under a debugger: it starts the daemon of the state folder it is told and says what
// became of both, as JSON. Run as: node --inspect=… debuggedWindow.ts STATE ENTRY

import inspector from 'node:inspector';
import { openSession } from '../../connect/session.ts';

const [stateFolder = '', entry = ''] = process.argv.slice(2);
const client = { name: 'debugged window', version: '0.1.0', kind: 'editor' } as const;
const session = openSession({ stateFolder, entry, client });
const { daemon } = await session.ready();
process.stdout.write(JSON.stringify({ pid: daemon.pid, inspector: inspector.url() ?? '' }));
session.dispose();
process.exit(0);
