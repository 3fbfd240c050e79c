// Makes certificates for a TLS front with the machine's openssl, in a temporary folder that is removed again. The
// kinds are the ones people meet in private clouds: a self-signed one, one by a company's own authority, one for
// another host name, one that has expired. Keys are made anew each time and never stored in the repository.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * - `selfSigned`: its own authority; trusted when it is itself given as the CA file.
 * - `privateAuthority`: signed by an authority that no machine knows.
 * - `otherHost`: self-signed, for another name than the one it is called by.
 * - `expired`: self-signed, valid for a day in 2020.
 */
export type CertificateKind = 'selfSigned' | 'privateAuthority' | 'otherHost' | 'expired';

export type Certificate = {
  readonly key: string;
  readonly certificate: string;
  /** What a client has to trust. */
  readonly authority: string;
};

const run = promisify(execFile);

export async function makeCertificate(kind: CertificateKind): Promise<Certificate> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pilothouse-certificate-'));
  try {
    return await makeIn(folder, kind);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeIn(folder: string, kind: CertificateKind): Promise<Certificate> {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const names = kind === 'otherHost' ? 'DNS:elsewhere.example' : 'DNS:localhost,IP:127.0.0.1';
  const subject = kind === 'otherHost' ? '/CN=elsewhere.example' : '/CN=localhost';
  await writeFile(path.join(folder, 'leaf.cnf'), leafConfiguration(names));
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

  if (kind === 'selfSigned' || kind === 'otherHost') {
    await openssl(
      ...['req', '-x509', ...newKey, '-keyout', 'leaf.key', '-out', 'leaf.crt', '-days', '30'],
      ...['-subj', subject, '-config', 'leaf.cnf', '-extensions', 'leaf'],
    );
  } else {
    await openssl(
      'req',
      ...newKey,
      '-keyout',
      'leaf.key',
      '-out',
      'leaf.csr',
      '-subj',
      subject,
      '-config',
      'leaf.cnf',
    );
    await openssl(
      ...['req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '30'],
      ...['-subj', '/CN=Lab Authority', '-config', 'leaf.cnf', '-extensions', 'authority'],
    );
    // `openssl ca` is the only command of OpenSSL 3.0 that signs for a time in the past.
    await Promise.all([
      writeFile(path.join(folder, 'index'), ''),
      writeFile(path.join(folder, 'serial'), '01'),
    ]);
    const period =
      kind === 'expired' ? ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] : ['-days', '30'];
    const signer =
      kind === 'expired' ? ['-selfsign', '-keyfile', 'leaf.key'] : ['-cert', 'ca.crt', '-keyfile', 'ca.key'];
    await openssl(
      'ca',
      '-batch',
      '-config',
      'leaf.cnf',
      '-in',
      'leaf.csr',
      '-out',
      'leaf.crt',
      '-notext',
      ...signer,
      ...period,
    );
  }
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  const [key, certificate] = await Promise.all([read('leaf.key'), read('leaf.crt')]);
  return { key, certificate, authority: kind === 'privateAuthority' ? await read('ca.crt') : certificate };
}

function leafConfiguration(names: string): string {
  return `
[req]
distinguished_name = subject
[subject]
[leaf]
subjectAltName = ${names}
basicConstraints = critical, CA:TRUE
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signed]
subjectAltName = ${names}
[ca]
default_ca = lab
[lab]
new_certs_dir = .
database = index
serial = serial
default_md = sha256
policy = any
x509_extensions = signed
[any]
commonName = supplied
`;
}
