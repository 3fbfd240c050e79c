// This machine's own ssh as it is called: with the person's own configuration, keys and agent, towards what a connection
// says of the server. An unknown host key is asked about by ssh itself, never accepted. It runs nothing.

import type { SshTarget } from '../executors/contract.ts';

/** The program and its arguments. */
export function ownSsh(
  { host, port, user, identityFile, knownHosts }: SshTarget,
  command: readonly string[] | undefined,
): readonly string[] {
  return [
    'ssh',
    '-o',
    'StrictHostKeyChecking=ask',
    ...(knownHosts === undefined ? [] : ['-o', `UserKnownHostsFile="${knownHosts}"`]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(identityFile === undefined ? [] : ['-i', identityFile]),
    '--',
    host,
    // The other end's shell reads it again: each word stays the word it is.
    ...(command === undefined ? [] : [command.map(quoted).join(' ')]),
  ];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
