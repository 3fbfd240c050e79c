// Is this the server it says it is? A certificate that an authority vouches for is good; one that nobody signed (what
// most vCenters have) is good only when its thumbprint is the one the person wrote down. Asked before the password is
// sent.

import type { TLSSocket } from 'node:tls';

/** The server is not the one that was expected; `thumbprint` is what it showed. */
export class CertificateError extends Error {
  readonly thumbprint: string;
  /** A thumbprint was written down, and it is another. */
  readonly differs: boolean;
  /** Why the authorities do not vouch for it. */
  readonly reason: string;
  constructor(thumbprint: string, differs: boolean, reason: string) {
    super(`certificate ${thumbprint}: ${reason}`);
    this.thumbprint = thumbprint;
    this.differs = differs;
    this.reason = reason;
  }
}

/** Check for the transport. `thumbprint`: SHA-256 or SHA-1, with or without colons. `verify` false trusts anybody. */
export function checkerOf(thumbprint: string | undefined, verify: boolean) {
  const wanted = thumbprint === undefined ? undefined : bare(thumbprint);
  return (socket: TLSSocket): Error | undefined => {
    const certificate = socket.getPeerCertificate();
    const shown = certificate.fingerprint256 ?? '';
    if (wanted !== undefined) {
      if ([shown, certificate.fingerprint ?? ''].some((one) => bare(one) === wanted)) return undefined;
      return new CertificateError(shown, true, 'another certificate than the one that is written down');
    }
    if (!verify || socket.authorized) return undefined;
    return new CertificateError(shown, false, String(socket.authorizationError ?? 'not signed'));
  };
}

/** Whether a text can be a thumbprint. */
export function isThumbprint(text: string): boolean {
  return [40, 64].includes(bare(text).length) && /^[0-9A-F]+$/.test(bare(text));
}

const bare = (text: string): string => text.replace(/[:\s]/g, '').toUpperCase();
