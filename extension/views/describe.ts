// What stands beside the names in the tree: status, size and address of a resource, state and care of a
// connection; and the tooltips. Pure text; what a cloud says is shown as it is and never read as markup.

import type { Connection, Denial } from '../../shared/model/connection.ts';
import type { OperationId } from '../../shared/model/kind.ts';
import { type Health, type Json, parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { nounOfKind } from '../../shared/panel/kindText.ts';
import { fieldLabel, valueText } from '../../shared/panel/planText.ts';
import { shownText } from '../../shared/panel/shown.ts';

const shownAttributes = ['flavor', 'size_gb', 'ready', 'cidr', 'floating_ip', 'ip'] as const;

/** Why something is not well, as its cloud or its reader says: what comes first is shown. */
const reasonAttributes = ['problem', 'reason'] as const;
const reasonCharactersMax = 120;

/** "running · S.4 · 10.0.0.5"; with the reason where it is not well. What the name says already is not said again. */
export function describeResource(resource: Resource): string {
  const parts = [resource.status];
  if (resource.namespace) parts.push(resource.namespace);
  for (const name of shownAttributes) {
    const value = resource.attributes[name];
    if (value === undefined || value === null || value === '') continue;
    // Less than can be said in GB is no size.
    if (name === 'size_gb' && value === 0) continue;
    if (name === 'ip' && resource.attributes.floating_ip) continue;
    if (name === 'size_gb') parts.push(`${valueText(value)} GB`);
    else if (name === 'ready')
      parts.push(`${valueText(value)}/${valueText(resource.attributes.replicas)} ready`);
    else parts.push(valueText(value));
  }
  parts.push(reasonOf(resource));
  return shownText(parts.filter((part) => part !== '' && part !== resource.name).join(' · '));
}

function reasonOf({ health, attributes }: Resource): string {
  if (health === 'ok' || health === 'off') return '';
  const reason = reasonAttributes.map((name) => attributes[name]).find((value) => typeof value === 'string');
  const text = typeof reason === 'string' ? reason.replaceAll(/\s+/g, ' ').trim() : '';
  return text.length > reasonCharactersMax ? `${text.slice(0, reasonCharactersMax - 1)}…` : text;
}

/** "simulated · sandbox", "degraded · aws · prod · read-only": trouble first, for a narrow bar cuts the rest. How many there are stands at the kinds. */
export function describeConnection(connection: Connection, isActive: boolean): string {
  const parts: string[] = connection.state === 'connected' ? [] : [connection.state];
  if (connection.simulated && !/simulated/i.test(connection.name)) parts.push('simulated');
  // Several clouds stand side by side: a name alone does not tell which it is.
  const isNamed = connection.name.toLowerCase().includes(connection.provider);
  if (!connection.simulated && !isNamed) parts.push(connection.provider);
  parts.push(connection.environment === 'unknown' ? 'unknown environment' : connection.environment);
  if (connection.mode === 'read-only') parts.push('read-only');
  if (isActive) parts.push('active');
  return parts.join(' · ');
}

/** Longer names lose their middle: their ends tell clusters of one account apart. */
const labelCharactersMax = 40;
const labelHeadCharacters = 10;

/** The name of a connection as a row shows it. */
export function labelOfConnection(name: string): string {
  const shown = shownText(name);
  if (shown.length <= labelCharactersMax) return shown;
  return `${shown.slice(0, labelHeadCharacters)}…${shown.slice(labelHeadCharacters + 1 - labelCharactersMax)}`;
}

/** Names a resource by its id; undefined where nobody knows it. */
export type NameResource = (id: string) => string | undefined;

/** Lines of a tooltip, each a label and a value. */
export function factsOfResource(
  resource: Resource,
  nameOf: NameResource = () => undefined,
): readonly (readonly [string, string])[] {
  const facts: [string, string | undefined][] = [
    [
      'status',
      resource.providerStatus && resource.providerStatus.toLowerCase() !== resource.status
        ? `${resource.status} (${resource.providerStatus})`
        : resource.status,
    ],
    ['id', resource.id],
    ['namespace', resource.namespace],
    ['project', resource.project],
    ['region', resource.region],
    ['zone', resource.zone],
    ['created', resource.createdAt],
    ['tags', Object.keys(resource.tags).length > 0 ? valueText(resource.tags) : undefined],
    ...Object.entries(resource.attributes)
      .filter(([name, value]) => !(name === 'size_gb' && value === 0))
      .map(([name, value]): [string, string] => [fieldLabel(name), factText(value, nameOf)]),
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
  return resource.simulated ? [['simulated', 'yes: nothing of it is real'], ...known] : known;
}

/** Where a value is the id of another resource, it is said by name: "deployment shop". */
function factText(value: Json, nameOf: NameResource): string {
  const place = typeof value === 'string' ? parseResourceId(value) : undefined;
  const name = place && nameOf(value as string);
  return place && name !== undefined ? `${nounOfKind(place.kind)} ${name}` : valueText(value);
}

/** Why entries of the menu are grey: what may not be done, by its reason. */
export function factsOfDenials(
  denied: readonly Denial[],
  titleOf: (operation: OperationId) => string,
): readonly (readonly [string, string])[] {
  const reasons = new Map<string, string[]>();
  for (const { operation, reason } of denied)
    reasons.set(reason, [...(reasons.get(reason) ?? []), titleOf(operation)]);
  return [...reasons].map(([reason, titles]) => ['not allowed', `${titles.join(', ')}. ${reason}`]);
}

export function factsOfConnection(connection: Connection): readonly (readonly [string, string])[] {
  const { identity } = connection;
  const facts: [string, string | undefined][] = [
    ['provider', connection.simulated ? `${connection.provider} (simulated)` : connection.provider],
    ['environment', connection.environment],
    ['mode', connection.mode],
    ['state', connection.state],
    ['acts as', identity?.user],
    ['domain', identity?.domain],
    ['project', identity?.project],
    ['region', identity?.region ?? connection.region],
    ['found in', connection.origin],
    // What is connected is as read just now.
    ['last read', connection.state === 'connected' ? undefined : connection.readAt],
    ['problem', connection.problem?.message],
    ['what to do', connection.problem?.fix],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
}

/** What the row below a connection says: its trouble, or that it has nothing to show. */
export function noteOf(connection: Connection | undefined): {
  readonly text: string;
  readonly fix?: string;
  readonly isTrouble: boolean;
} {
  const problem = connection?.problem;
  if (!problem)
    return {
      text: 'Nothing to show',
      fix: 'It is reached and has no resources, or its identity may not see any.',
      isTrouble: false,
    };
  return {
    text: shownText(problem.message),
    ...(problem.fix ? { fix: shownText(problem.fix) } : {}),
    isTrouble: true,
  };
}

/** Codicon and theme colour of a health. */
export function lookOfHealth(health: Health): { readonly icon: string; readonly color?: string } {
  switch (health) {
    case 'ok':
      return { icon: 'circle-filled', color: 'testing.iconPassed' };
    case 'busy':
      return { icon: 'sync~spin', color: 'charts.blue' };
    case 'warning':
      return { icon: 'warning', color: 'problemsWarningIcon.foreground' };
    case 'error':
      return { icon: 'error', color: 'problemsErrorIcon.foreground' };
    case 'off':
      return { icon: 'circle-outline', color: 'descriptionForeground' };
    case 'unknown':
      return { icon: 'question', color: 'descriptionForeground' };
  }
}
