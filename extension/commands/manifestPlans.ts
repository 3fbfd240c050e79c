// Turns manifests into a plan: checks the text and says where it is wrong, proposes one step an object in the order in
// which they can be applied, and asks whether fields that belong to somebody else are to be taken over. Which operation
// takes manifests is asked of the catalogue.

import * as vscode from 'vscode';
import type { ManifestObject } from '../../shared/model/manifest.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { countOf } from '../../shared/panel/planText.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ManifestProblems } from '../documents/manifestProblems.ts';
import type { CatalogueStore } from '../state/catalogue.ts';
import type { PlanStore } from '../state/plans.ts';
import type { ResourceStore } from '../state/resources.ts';
import { withProgress } from './problems.ts';

export interface ManifestPlanPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly catalogue: CatalogueStore;
  readonly resources: ResourceStore;
  readonly plans: Pick<PlanStore, 'put'>;
  readonly problems: Pick<ManifestProblems, 'show'>;
}

/** One object to apply. */
export interface Wanted {
  readonly title: string;
  readonly text: string;
  /** At which it was opened, where it is an edit. */
  readonly version?: string;
}

type Of = { readonly id: string; readonly base: string } | { readonly connection: string };

const stepsMax = 500;
const linesShown = 12;

/** The objects of a text. Throws ProblemError with the first thing that is wrong; all are shown in the editor. */
export async function requireRight(
  uri: vscode.Uri,
  text: string,
  of: Of,
  { daemon, problems }: Pick<ManifestPlanPorts, 'daemon' | 'problems'>,
): Promise<readonly ManifestObject[]> {
  const connection = 'id' in of ? of.id.slice(0, of.id.indexOf(':')) : of.connection;
  const base = 'id' in of ? { base: of.base } : {};
  const check = await daemon.request('manifest/check', { connection, text, ...base });
  problems.show(uri, check);
  const [first, ...others] = check.problems;
  if (first) {
    const more =
      others.length > 0 ? ` There ${others.length === 1 ? 'is' : 'are'} ${others.length} more.` : '';
    throw new ProblemError({
      code: 'bad-input',
      message: `Line ${first.line + 1}: ${first.message}${more}`,
      fix: 'Nothing was planned; what you wrote is kept.',
    });
  }
  if (check.objects.length > stepsMax)
    throw new ProblemError({
      code: 'bad-input',
      message: `${check.objects.length} objects are more than one plan takes (${stepsMax}).`,
      fix: 'Split the file.',
    });
  return check.objects;
}

/** A plan that waits for a person, or that says why it cannot; undefined where the person went away. */
export async function proposeManifests(
  wanted: readonly Wanted[],
  connection: string,
  ports: ManifestPlanPorts,
): Promise<Plan | undefined> {
  const place = placeOf(connection, ports);
  const propose = (more: Readonly<Record<string, boolean>>) =>
    withProgress(`checking ${wanted[0]!.title}`, (signal) => request(wanted, place, more, ports, signal));
  const plan = await propose({});
  const lifted = liftedBy(plan);
  if (lifted === undefined) return plan;
  const takeOver = 'Take Over…';
  const pressed = await vscode.window.showWarningMessage(
    `Some of what you changed belongs to somebody else. Take it over?`,
    { modal: true, detail: takeOverText(plan) },
    takeOver,
  );
  if (pressed === takeOver) return propose({ [lifted]: true });
  ports.plans.put(plan);
  return undefined;
}

interface Place {
  readonly operation: string;
  readonly target: Resource;
  readonly args: { readonly manifest: string; readonly version: string };
}

/** The operation that takes manifests in a connection, and the resource it is about. Throws ProblemError. */
function placeOf(connection: string, { catalogue, resources }: ManifestPlanPorts): Place {
  for (const operation of catalogue.all()) {
    const spec = operation.args.find(({ type }) => type === 'manifest');
    if (!spec || !operation.connections.includes(connection)) continue;
    const [target] = resources.list(connection, operation.kind as Resource['kind']);
    if (target) return { operation: operation.id, target, args: { manifest: spec.name, version: 'version' } };
  }
  throw new ProblemError({
    code: 'unsupported',
    message: `The connection ${connection} takes no manifests now.`,
    fix: 'Look at it in the tree: it may not be connected.',
  });
}

async function request(
  wanted: readonly Wanted[],
  { operation, target, args }: Place,
  more: Readonly<Record<string, boolean>>,
  { daemon }: ManifestPlanPorts,
  signal: AbortSignal,
): Promise<Plan> {
  const steps = wanted.map(
    ({ text, version }, index): StepDraft => ({
      operation,
      target: { kind: 'resources', ids: [target.id] },
      args: { [args.manifest]: text, ...(version === undefined ? {} : { [args.version]: version }), ...more },
      after: index === 0 ? [] : [index - 1],
      evidence: [],
    }),
  );
  const titles = wanted.map(({ title }) => title).join(', ');
  const params = {
    text: `Apply ${titles}`.slice(0, 500),
    connection: target.connection,
    steps: steps as never,
  };
  const { plan, problem } = await daemon.request('request/choose', { ...params, query: false }, { signal });
  if (plan) return plan;
  throw new ProblemError({
    code: 'bad-input',
    message: problem?.message ?? 'No plan could be made.',
    ...(problem?.fix === undefined ? {} : { fix: problem.fix }),
  });
}

/** The argument with which nothing would block the plan any more; undefined where something else does, too. */
function liftedBy(plan: Plan): string | undefined {
  const blockers = blockersOf(plan);
  const [first] = blockers;
  return first?.liftedBy !== undefined && blockers.every((note) => note.liftedBy === first.liftedBy)
    ? first.liftedBy
    : undefined;
}

function takeOverText(plan: Plan): string {
  const messages = blockersOf(plan).map(({ message }) => `• ${message}`);
  const rest = messages.length - linesShown;
  return [
    ...messages.slice(0, linesShown),
    ...(rest > 0 ? [`and ${countOf(rest, 'more field')}`] : []),
    '',
    'Whoever owns a field may set it back. Nothing is written before you have seen the plan and said yes.',
  ].join('\n');
}

function blockersOf(plan: Plan): Plan['preview']['steps'][number]['notes'] {
  return plan.preview.steps.flatMap(({ notes }) => notes.filter(({ level }) => level === 'blocker'));
}
