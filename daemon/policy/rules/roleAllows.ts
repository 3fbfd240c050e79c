// Roles towards a connection: a viewer reads, an operator changes but destroys nothing in prod, an admin does all.

import { type Case, changesOf, isCareful, type JudgedStep, placeOf, type Rule } from '../case.ts';

export const roleAllows: Rule = (judged) => {
  for (const step of changesOf(judged)) {
    const reason = refusalOf(judged, step);
    if (reason !== undefined) return { rule: 'role', effect: 'deny', reason };
  }
  return undefined;
};

function refusalOf({ connections }: Case, step: JudgedStep): string | undefined {
  const connection = connections.get(step.connection);
  // A connection that is not there is another rule's business.
  if (!connection) return undefined;
  switch (connection.role) {
    case 'admin':
      return undefined;
    case 'viewer':
      return `You may only look at ${connection.name} (role viewer).`;
    case 'operator':
      return step.risk === 'destroy' && isCareful(connection)
        ? `You may not ${step.verb} a ${step.noun} in ${placeOf(connection)} (role operator).`
        : undefined;
    default:
      return connection.role satisfies never;
  }
}
