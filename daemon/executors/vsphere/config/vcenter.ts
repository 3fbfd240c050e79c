// How to reach one vCenter or ESXi host, as it was found. It holds the password and never leaves this executor.

/** Where to log in, and how to know that it is the right server. */
export interface Vcenter {
  readonly id: string;
  readonly name: string;
  /** Address of the SOAP API, e.g. `https://vc.example.com/sdk`. */
  readonly url: URL;
  readonly user: string;
  readonly password: string;
  /** SHA-256 or SHA-1 thumbprint of its certificate. */
  readonly thumbprint?: string;
  /** False: any certificate is taken, as `GOVC_INSECURE` asks for. */
  readonly verify: boolean;
  /** Authorities that may sign its certificate, PEM. */
  readonly ca?: string;
  /** Where it was found, for people. */
  readonly origin: string;
}
