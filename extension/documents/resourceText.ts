// The details of a resource as a document: what is known of it, what it hangs on and what hangs on it, and what can
// be done with it now. Pure; what came from a cloud is indented so that it cannot pass for a heading of ours.

import { nounOfKind } from '../../shared/panel/kindText.ts';
import type { ResourceDetails } from '../../shared/protocol/messages.ts';
import { factsOfResource, type NameResource } from '../views/describe.ts';

/** `nameOf` knows resources that are no neighbours, such as the deployment of a pod. */
export function resourceText(details: ResourceDetails, nameOf?: NameResource): string {
  const { resource } = details;
  const entryOf = (id: string) => {
    const known = details.neighbours.find((neighbour) => neighbour.id === id);
    return known ? `${nounOfKind(known.kind)} ${known.name} (${id})` : id;
  };
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [`${nounOfKind(resource.kind)} ${oneLine(resource.name)}`, facts(factsOfResource(resource, nameOf))],
    ['Relations', details.out.map((edge) => `${edge.type} ${entryOf(edge.to)}`)],
    ['Related to it', details.in.map((edge) => `${entryOf(edge.from)} ${edge.type} it`)],
    [
      'Would notice if it went away',
      details.dependents.map(
        (item) => `${nounOfKind(item.kind)} ${item.name}: ${item.relation} (${item.id})`,
      ),
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
