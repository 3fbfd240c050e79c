// The trail, read only. Handing it out is itself recorded, once an export; a trail that cannot be written can still
// be read, because that is when somebody needs to.

import { ProblemError, problemOf } from '../../../shared/model/problem.ts';
import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const auditHandlers: HandlersOf<'audit'> = {
  'audit/list': (where, { services }) => {
    const records = services.audit.list(where);
    return { records: records.slice(0, countThatFits(records, 0, limits.frameBytesMax / 2)) };
  },
  'audit/verify': (_params, { services }) => services.audit.verify(),
  'audit/acknowledge': ({ seq }, { services, actor }) => {
    const found = services.audit.verify();
    if (!found.ok && found.seq === seq) return services.audit.acknowledge(actor);
    throw new ProblemError({
      code: 'wrong-state',
      message: found.ok
        ? 'The trail is whole; there is nothing to acknowledge.'
        : `Record ${found.seq} is what is wrong: ${found.message}`,
      fix: 'Run "pilothouse audit verify" and look at what it names.',
    });
  },
  'audit/export': ({ format, afterSeq, limit }, { services, actor }) => {
    if (afterSeq === 0) {
      try {
        services.audit.append({ event: 'audit.exported', actor, detail: { format } });
      } catch (error) {
        services.log('error', `the export could not be recorded: ${problemOf(error).message}`);
      }
    }
    return services.audit.export({ format, afterSeq, limit });
  },
};
