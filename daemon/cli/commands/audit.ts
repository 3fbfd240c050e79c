// `audit verify|list|export`: the trail, checked, read and handed out.

import type { AuditRecord } from '../../../shared/model/audit.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  verify,
  list,
  export: exportTrail,
  acknowledge,
};

export const audit: Command = {
  name: 'audit',
  usage: 'verify|list|export|acknowledge',
  doc: 'Checks the chain of records, lists the newest, hands all of them out, or says that a broken end is known.',
  options: {
    format: { type: 'string', value: 'jsonl|csv', doc: 'Form of the export; default jsonl.' },
    limit: { type: 'string', value: 'N', doc: 'How many records (list); default 50.' },
    plan: { type: 'string', value: 'ID', doc: 'Only records of this plan (list).' },
    ...jsonOption,
  },
  async run(context) {
    const [word = ''] = context.words;
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
    if (verb) return await verb(context);
    throw new ProblemError({
      code: 'bad-input',
      message: word
        ? `"${word}" is nothing that can be done with the audit trail.`
        : 'It is not said what to do with the audit trail.',
      fix: 'Use: pilothouse audit verify|list|export|acknowledge',
    });
  },
};

async function verify({ io, options, connect }: CommandContext): Promise<number> {
  const found = await (await connect()).request('audit/verify');
  if (options.json === true) printJson(io, found);
  else if (found.ok)
    io.print(
      `${style.green('✔')} ${found.records} records, none changed, removed or reordered. Head ${found.head}`,
    );
  else io.print(`${style.red('✘')} record ${found.seq} (${found.problem}): ${found.message}`);
  return found.ok ? exitCodes.done : exitCodes.failed;
}

/** The way out after a restored backup or a lost file: what is missing is looked at, typed, and recorded for good. */
async function acknowledge({ io, connect }: CommandContext): Promise<number> {
  const session = await connect();
  const found = await session.request('audit/verify');
  if (found.ok) {
    io.print('The trail is whole; there is nothing to acknowledge.');
    return exitCodes.done;
  }
  io.print(`${style.red('✘')} record ${found.seq} (${found.problem}): ${found.message}`);
  const wanted = `acknowledge ${found.seq}`;
  const typed = await io.ask(
    `Nothing runs until this is settled. To go on with the trail as it is, type "${wanted}": `,
  );
  if (typed?.trim() !== wanted) {
    io.say('Nothing was changed.');
    return exitCodes.denied;
  }
  const record = await session.request('audit/acknowledge', { seq: found.seq });
  io.print(`It is recorded as record ${record.seq}.`);
  return exitCodes.done;
}

async function list({ io, options, connect }: CommandContext): Promise<number> {
  const limit = options.limit === undefined ? 50 : Number(options.limit);
  const plan = options.plan as string | undefined;
  const session = await connect();
  const { records } = await session.request('audit/list', { limit, ...(plan !== undefined && { plan }) });
  if (options.json === true) printJson(io, { records });
  else io.print(columns([['SEQ', 'AT', 'WHO', 'EVENT', 'WHAT'].map(style.dim), ...records.map(rowOf)]));
  return exitCodes.done;
}

function rowOf(record: AuditRecord): readonly string[] {
  const what = [record.operation, record.target, record.plan, record.outcome].filter(Boolean).join(' ');
  return [
    String(record.seq),
    record.at.slice(0, 19).replace('T', ' '),
    record.actor.user,
    record.event,
    what,
  ];
}

async function exportTrail({ io, options, connect }: CommandContext): Promise<number> {
  const format = options.format ?? 'jsonl';
  if (format !== 'jsonl' && format !== 'csv')
    throw new ProblemError({
      code: 'bad-input',
      message: `--format is jsonl or csv, not ${format}.`,
      fix: 'For example: pilothouse audit export --format csv',
    });
  const session = await connect();
  let afterSeq: number | undefined = 0;
  while (afterSeq !== undefined) {
    const page: { readonly text: string; readonly nextSeq?: number } = await session.request('audit/export', {
      format,
      afterSeq,
    });
    io.printRaw(page.text);
    afterSeq = page.nextSeq;
  }
  return exitCodes.done;
}
