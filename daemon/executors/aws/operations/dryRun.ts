// EC2's own dry run: the request as it would be sent, with `DryRun`, so that EC2 checks it and the right to send it
// and does nothing. A yes comes as the error DryRunOperation; everything else is what the write would have met.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import { ProblemError } from '../../../../shared/model/problem.ts';
import type { HandlerPreview } from '../../contract.ts';
import { blocker, isBlocked } from '../../kit/preview.ts';
import type { Aws } from '../aws.ts';
import { thrownOf } from '../client/problems.ts';
import type { At } from '../client/services.ts';

/** Sends one request to EC2; with `DryRun: true` it only asks. */
export type Send = (at: At<'ec2'>, dry: { readonly DryRun?: boolean }) => Promise<unknown>;

/** What stands against the request, as blockers; none where EC2 would carry it out. */
export async function askDry(
  aws: Aws,
  ask: { readonly what: string; readonly signal: AbortSignal },
  send: Send,
): Promise<readonly PreviewNote[]> {
  try {
    // A yes is no failure: it must not be repeated or told as one.
    await aws.services.ec2.read(ask, async (at) => {
      try {
        await send(at, { DryRun: true });
      } catch (error) {
        if (thrownOf(error).name !== 'DryRunOperation') throw error;
      }
    });
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError) || !isAnswer(error)) throw error;
    return [blocker(error.problem.message, error.problem.fix)];
  }
}

/** Whether AWS answered the question; a question that never arrived has no answer to show. */
function isAnswer({ problem }: ProblemError): boolean {
  return ![
    'cloud-unreachable',
    'cloud-throttled',
    'cloud-unauthorized',
    'cloud-certificate',
    'cancelled',
  ].includes(problem.code);
}

/** A preview with what EC2's dry run has to say; one that is blocked or idle already is not asked about. */
export async function withDryRun(
  aws: Aws,
  preview: HandlerPreview,
  ask: { readonly what: string; readonly signal: AbortSignal },
  send: Send,
): Promise<HandlerPreview> {
  if (preview.idle || isBlocked(preview.notes)) return preview;
  const notes = await askDry(aws, ask, send);
  return { ...preview, notes: [...preview.notes, ...notes], checkedBy: 'dry-run' };
}
