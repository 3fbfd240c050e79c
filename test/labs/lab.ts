// The table of labs and the three things a test may ask of one: up, down, status. A lab is one folder beside
// this file and one line in the table. Run as a program it is `npm run lab -- up|down|status|wipe NAME`; the
// progress goes to stderr, the answer to stdout. It knows nothing about any cloud.

import { fileURLToPath } from 'node:url';
import { awsLab } from './aws/awsLab.ts';
import { kubernetesLab } from './kubernetes/kubernetesLab.ts';
import type { LabDefinition, LabOutcome, LabStatus, Report } from './labDefinition.ts';
import { modelLab } from './model/modelLab.ts';
import { neo4jLab } from './neo4j/neo4jLab.ts';
import { onPremLab } from './onprem/onPremLab.ts';
import { openstackLab } from './openstack/openstackLab.ts';
import { podmanLab } from './podman/podmanLab.ts';
import { prometheusLab } from './prometheus/prometheusLab.ts';
import { vsphereLab } from './vsphere/vsphereLab.ts';

const labs = {
  aws: awsLab,
  kubernetes: kubernetesLab,
  model: modelLab,
  neo4j: neo4jLab,
  onprem: onPremLab,
  openstack: openstackLab,
  podman: podmanLab,
  prometheus: prometheusLab,
  vsphere: vsphereLab,
} as const;

export type LabName = keyof typeof labs;
export type DescriptionOf<Name extends LabName> =
  (typeof labs)[Name] extends LabDefinition<infer Description> ? Description : never;

export const labNames = Object.keys(labs) as readonly LabName[];

/** Starts a lab, or finds it running, and waits until it is usable. */
export function up<Name extends LabName>(
  name: Name,
  report: Report = () => {},
): Promise<LabOutcome<DescriptionOf<Name>>> {
  return definitionOf(name).up(report);
}

/** Stops a lab; its data stays unless `wipe` is asked for. */
export function down(
  name: LabName,
  options: { wipe?: boolean } = {},
  report: Report = () => {},
): Promise<void> {
  return definitionOf(name).down(report, { wipe: options.wipe ?? false });
}

export function status<Name extends LabName>(name: Name): Promise<LabStatus<DescriptionOf<Name>>> {
  return definitionOf(name).status();
}

/**
 * For the `before` hook of a mocha suite: the lab, or a skipped suite on a machine that cannot run it. With
 * `PILOTHOUSE_LABS_REQUIRED=1` (CI) a lab that cannot run is a failure.
 */
export async function requireLab<Name extends LabName>(
  name: Name,
  suite: { skip: () => never; timeout: (ms: number) => unknown },
): Promise<DescriptionOf<Name>> {
  suite.timeout(startTimeoutMs);
  const outcome = await up(name, (line) => process.stderr.write(`    ${line}\n`));
  if (outcome.kind === 'ready') return outcome.lab;
  if (outcome.kind === 'impossible' && process.env.PILOTHOUSE_LABS_REQUIRED !== '1') {
    process.stderr.write(`    the ${name} lab cannot run here because ${outcome.reason}\n`);
    return suite.skip();
  }
  throw new Error(`the ${name} lab: ${outcome.reason}`);
}

/** A first start on a fresh machine installs packages. */
const startTimeoutMs = 40 * 60_000;

function definitionOf<Name extends LabName>(name: Name): LabDefinition<DescriptionOf<Name>> {
  return labs[name] as LabDefinition<DescriptionOf<Name>>;
}

async function main(args: readonly string[]): Promise<number> {
  const [verb = '', name = ''] = args;
  const lab = labNames.find((each) => each === name);
  if (lab === undefined) {
    process.stderr.write(`usage: npm run lab -- up|down|status|wipe ${labNames.join('|')}\n`);
    return 2;
  }
  const report: Report = (line) => process.stderr.write(`${line}\n`);
  switch (verb) {
    case 'up': {
      const outcome = await up(lab, report);
      if (outcome.kind !== 'ready') {
        const reason =
          outcome.kind === 'impossible' ? `cannot run here because ${outcome.reason}` : outcome.reason;
        process.stderr.write(`${lab} lab: ${reason}\n`);
        return outcome.kind === 'impossible' ? exitUnavailable : 1;
      }
      process.stdout.write(`${JSON.stringify(outcome.lab, undefined, 2)}\n`);
      return 0;
    }
    case 'down':
    case 'wipe':
      await down(lab, { wipe: verb === 'wipe' }, report);
      return 0;
    case 'status': {
      const found = await status(lab);
      process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
      return found.kind === 'ready' ? 0 : 1;
    }
    default:
      process.stderr.write(`unknown: ${verb}; there are up, down, status, wipe\n`);
      return 2;
  }
}

/** EX_UNAVAILABLE of sysexits.h. */
const exitUnavailable = 69;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
