// The details of a resource as a document: what is known of it, what it hangs on and what hangs on it, and what can
// be done with it now. Pure; what came from a cloud is indented so that it cannot pass for a heading of ours.

import type { ResourceDetails } from '../../shared/protocol/messages.ts';
import { factsOfResource } from '../views/describe.ts';

export function resourceText(details: ResourceDetails): string {
  const { resource } = details;
  const nameOf = (id: string) => {
    const known = details.neighbours.find((neighbour) => neighbour.id === id);
    return known ? `${known.kind} ${known.name} (${id})` : id;
  };
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`${resource.kind} ${oneLine(resource.name)}`, facts(factsOfResource(resource))],
    ['Relations', details.out.map((edge) => `${edge.type} ${nameOf(edge.to)}`)],
    ['Related to it', details.in.map((edge) => `${nameOf(edge.from)} ${edge.type} it`)],
    [
      'Would notice if it went away',
      details.dependents.map((item) => `${item.kind} ${item.name}: ${item.relation} (${item.id})`),
    ],
    [
      'Can be done now',
      details.operations.filter((item) => !item.disabled).map((item) => `${item.title} (${item.risk})`),
    ],
    [
      'Cannot be done now',
      details.operations.filter((item) => item.disabled).map((item) => `${item.title}: ${item.disabled}`),
    ],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `${heading}\n${lines.map((line) => `  ${oneLine(line)}`).join('\n')}\n`)
    .join('\n');
}

function facts(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.min(24, Math.max(...pairs.map(([label]) => label.length)));
  return pairs.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, (space) => (/[\r\n]/.test(space) ? ' ' : space));
}
