// Reads a device over SNMP (v2c or v3): who it is (SNMPv2-MIB, RFC 3418) and its interfaces (IF-MIB, RFC 2863; addresses
// of RFC 1213's ipAddrTable). It only ever gets and walks; communities and keys stay in here.

import type snmpType from 'net-snmp';
import { ProblemError } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { SnmpDevice } from './settings.ts';

export interface DeviceInterface {
  readonly index: number;
  readonly name: string;
  readonly isUp: boolean;
  readonly isWanted: boolean;
  readonly speedMbps?: number;
  readonly mac?: string;
  readonly addresses: readonly string[];
}

export interface DeviceFacts {
  readonly name: string;
  readonly description: string;
  readonly location: string;
  readonly contact: string;
  readonly interfaces: readonly DeviceInterface[];
}

const system = {
  description: '1.3.6.1.2.1.1.1.0',
  contact: '1.3.6.1.2.1.1.4.0',
  name: '1.3.6.1.2.1.1.5.0',
  location: '1.3.6.1.2.1.1.6.0',
};
const column = {
  name: '1.3.6.1.2.1.2.2.1.2',
  speed: '1.3.6.1.2.1.2.2.1.5',
  mac: '1.3.6.1.2.1.2.2.1.6',
  admin: '1.3.6.1.2.1.2.2.1.7',
  oper: '1.3.6.1.2.1.2.2.1.8',
} as const;
const addressIndex = '1.3.6.1.2.1.4.20.1.2';

/** Throws ProblemError. */
export async function readDevice(device: SnmpDevice, signal: AbortSignal): Promise<DeviceFacts> {
  const { snmp } = await import('./clients.ts');
  const session = openSession(snmp, device);
  const stop = (): void => {
    session.close();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    const who = await get(session, snmp, Object.values(system));
    const text = (oid: string): string => textOf(who.get(oid));
    const interfaces = await readInterfaces(session, snmp);
    return {
      name: text(system.name) || device.address,
      description: text(system.description),
      location: text(system.location),
      contact: text(system.contact),
      interfaces,
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof ProblemError ? error : problemOf(error, device);
  } finally {
    signal.removeEventListener('abort', stop);
    session.close();
  }
}

function openSession(snmp: typeof snmpType, device: SnmpDevice): snmpType.Session {
  const options = { port: device.port, retries: 1, timeout: limits.snmpTimeoutMs };
  if (device.version === '2c') {
    if (device.community === undefined) throw lacking(device, 'community');
    return snmp.createSession(device.address, device.community, { ...options, version: snmp.Version2c });
  }
  if (device.user === undefined) throw lacking(device, 'user');
  const { auth_key: authKey, priv_key: privKey } = device;
  const level = authKey === undefined ? 'noAuthNoPriv' : privKey === undefined ? 'authNoPriv' : 'authPriv';
  const user = {
    name: device.user,
    level: snmp.SecurityLevel[level],
    ...(authKey === undefined ? {} : { authProtocol: snmp.AuthProtocols[device.auth_protocol], authKey }),
    ...(privKey === undefined ? {} : { privProtocol: snmp.PrivProtocols[device.priv_protocol], privKey }),
  };
  return snmp.createV3Session(device.address, user as snmpType.User, options);
}

function lacking({ address }: SnmpDevice, what: string): ProblemError {
  return new ProblemError({
    code: 'config-invalid',
    message: `No ${what} is set for the device ${address}.`,
    fix: `Add ${what} to it in the file of your own devices.`,
  });
}

type Value = string | number | Buffer;

function get(
  session: snmpType.Session,
  snmp: typeof snmpType,
  oids: string[],
): Promise<ReadonlyMap<string, Value>> {
  return new Promise((resolve, reject) => {
    session.get(oids, (error: Error | null, varbinds: snmpType.Varbind[] = []) => {
      if (error) reject(error);
      else resolve(valuesOf(snmp, varbinds));
    });
  });
}

function walk(
  session: snmpType.Session,
  snmp: typeof snmpType,
  oid: string,
): Promise<ReadonlyMap<string, Value>> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, Value>();
    session.subtree(
      oid,
      20,
      (varbinds: snmpType.Varbind[]) => {
        for (const [key, value] of valuesOf(snmp, varbinds)) found.set(key.slice(oid.length + 1), value);
        if (found.size > limits.snmpRowsMax) return true;
        return undefined;
      },
      (error: Error | null) => (error ? reject(error) : resolve(found)),
    );
  });
}

function valuesOf(snmp: typeof snmpType, varbinds: readonly snmpType.Varbind[]): ReadonlyMap<string, Value> {
  return new Map(
    varbinds
      .filter((one) => one && !snmp.isVarbindError(one))
      .map((one) => [one.oid, one.value as Value] as const),
  );
}

async function readInterfaces(
  session: snmpType.Session,
  snmp: typeof snmpType,
): Promise<readonly DeviceInterface[]> {
  const names = await walk(session, snmp, column.name);
  const [speeds, macs, admins, opers, owners] = [
    await walk(session, snmp, column.speed),
    await walk(session, snmp, column.mac),
    await walk(session, snmp, column.admin),
    await walk(session, snmp, column.oper),
    await walk(session, snmp, addressIndex),
  ];
  return [...names].map(([index, name]) => {
    const mac = macs.get(index);
    const bits = Number(speeds.get(index) ?? 0);
    return {
      index: Number(index),
      name: textOf(name),
      // ifAdminStatus and ifOperStatus: 1 is up.
      isWanted: Number(admins.get(index)) === 1,
      isUp: Number(opers.get(index)) === 1,
      ...(bits > 0 ? { speedMbps: Math.round(bits / 1e6) } : {}),
      ...(Buffer.isBuffer(mac) && mac.length === 6
        ? { mac: mac.toString('hex').replace(/(..)(?!$)/g, '$1:') }
        : {}),
      addresses: [...owners]
        .filter(([, owner]) => Number(owner) === Number(index))
        .map(([address]) => address),
    };
  });
}

function textOf(value: Value | undefined): string {
  const text = Buffer.isBuffer(value) ? value.toString('utf8') : String(value ?? '');
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

function problemOf(error: unknown, { address, port, version }: SnmpDevice): ProblemError {
  const where = `${address}:${port}`;
  const { name, message } = error as Error;
  if (name === 'RequestTimedOutError')
    return new ProblemError({
      code: 'cloud-unreachable',
      message: `${where} does not answer over SNMP.`,
      fix:
        version === '2c'
          ? 'Check address and community: a device does not answer to a wrong one. It may also allow other addresses only.'
          : 'Check the address, and that the device allows yours.',
    });
  if (/auth|decrypt|usm|unknown user|wrong digest/i.test(message))
    return new ProblemError({
      code: 'cloud-unauthorized',
      message: `${where} refused the SNMP user.`,
      fix: 'Check user, auth_key and priv_key, and their protocols.',
    });
  return new ProblemError({
    code: 'cloud-failed',
    message: `${where} could not be read over SNMP (${name}).`,
    fix: 'Check what the device allows this user or community to read.',
  });
}
