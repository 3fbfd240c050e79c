// Fills the arguments of an operation from what a clause says, by the type of the argument and never by its
// operation's name where the type is enough. It marks what it used; what nobody used counts against the reading.

import type { ArgumentSpec, Operation } from '../../../shared/model/operation.ts';
import { isWord } from '../words/cells.ts';
import { type FillContext, type Filled, type Filler, flagValue, put } from './filled.ts';
import { fillCount, fillCreateTags, fillKeys, fillName, fillTags } from './nameArguments.ts';
import {
  fillAggregate,
  fillCounting,
  fillGrep,
  fillHorizon,
  fillLimit,
  fillMetric,
  fillSilence,
  fillWindow,
} from './readArguments.ts';
import { fillFlavor, fillImage, fillNames, fillPlace, fillProvider, fillRef } from './referenceArguments.ts';

/** Fills what can be filled of all arguments but those that need the target's present value. */
export function fillArguments(context: FillContext): Filled {
  const filled: Filled = { args: {}, evidence: [], cost: 0 };
  for (const spec of context.operation.args) fillerOf(spec, context.operation)?.(spec, context, filled);
  return filled;
}

function fillerOf(spec: ArgumentSpec, operation: Operation): Filler | undefined {
  switch (spec.type) {
    case 'name':
      return fillName;
    case 'ref':
      return spec.refKind === 'flavor' ? fillFlavor : fillRef;
    case 'names':
      return fillNames;
    case 'integer':
      return spec.name === 'to_revision'
        ? fillRevision
        : spec.name === 'count'
          ? fillCount
          : spec.name === 'lines' || spec.name === 'limit' || spec.name === 'top'
            ? fillLimit
            : spec.name === 'replicas'
              ? undefined
              : fillNumber;
    case 'size_gb':
      // The size of a volume may be said in relation to what it is, and is read with its target.
      return spec.name === 'size_gb' ? undefined : fillSize;
    case 'port':
      return fillPort;
    case 'cidr':
      return fillCidr;
    case 'tags':
      return operation.verb === 'create' ? fillCreateTags : fillTags;
    case 'keys':
      return fillKeys;
    case 'metric':
      return fillMetric;
    case 'seconds':
      return spec.name === 'window_s'
        ? operation.verb === 'silence'
          ? fillSilence
          : fillWindow
        : fillHorizon;
    case 'text':
      return spec.name === 'image'
        ? fillImage
        : spec.name === 'region' || spec.name === 'namespace'
          ? fillPlace
          : spec.name === 'grep'
            ? fillGrep
            : spec.name === 'provider'
              ? fillProvider
              : undefined;
    case 'boolean':
      return fillFlag;
    case 'choice':
      if (spec.name !== 'agg') return undefined;
      return operation.verb === 'list'
        ? fillCounting
        : operation.verb === 'metrics'
          ? fillAggregate
          : undefined;
    default:
      return undefined;
  }
}

const fillRevision: Filler = (spec, { clause, used }, filled) => {
  const flag = flagValue(clause, used, '--to-revision');
  if (flag) return put(filled, spec.name, Number(flag.value), flag.cell);
  const use = clause.values.find(
    (one) => one.value.k === 'number' && !one.not && (one.label === 'revision' || one.prep === 'to'),
  );
  if (use?.value.k !== 'number' || !Number.isInteger(use.value.n)) return;
  used.values.add(use);
  put(filled, spec.name, use.value.n, use.cell);
};

const fillNumber: Filler = (spec, { clause, used }, filled) => {
  const open = clause.values.filter((use) => use.value.k === 'number' && !use.not && !used.values.has(use));
  const use = open.find((one) => one.prep === 'to') ?? (open.length === 1 ? open[0] : undefined);
  if (use?.value.k !== 'number' || !Number.isInteger(use.value.n)) return;
  used.values.add(use);
  put(filled, spec.name, use.value.n, use.cell);
};

const fillSize: Filler = (spec, { clause, used }, filled) => {
  const sizes = clause.values.filter((use) => use.value.k === 'size' && !use.not && !used.values.has(use));
  const use = sizes.length === 1 ? sizes[0] : undefined;
  if (use?.value.k !== 'size') return;
  used.values.add(use);
  put(filled, spec.name, use.value.gb, use.cell);
};

const fillPort: Filler = (spec, { clause, used }, filled) => {
  const max = spec.max ?? Number.POSITIVE_INFINITY;
  const open = clause.values.filter(
    (use) => !used.values.has(use) && !(use.value.k === 'number' && use.value.n > max),
  );
  const sure = open.find((use) => use.value.k === 'port' && use.value.sure);
  const number =
    open.find((use) => use.value.k === 'number' && (use.label === 'port' || use.label === 'protocol')) ??
    open.find((use) => use.value.k === 'number' && Number.isInteger(use.value.n));
  const known = open.find((use) => use.value.k === 'port');
  const use = sure ?? number ?? known;
  if (!use) return;
  for (const other of open) if (other.value.k === 'port' || other === use) used.values.add(other);
  if (use.value.k === 'port') {
    put(filled, spec.name, use.value.port, use.cell);
    if (use.value.protocol) put(filled, 'protocol', use.value.protocol, use.cell);
  } else if (use.value.k === 'number') put(filled, spec.name, use.value.n, use.cell);
  const protocol = clause.cells.find((cell) => /^(tcp|udp|icmp)( ports?)?$/.test(cell.low));
  if (protocol && filled.args.protocol === undefined)
    put(filled, 'protocol', protocol.low.split(' ')[0]!, protocol);
};

const fillCidr: Filler = (spec, { clause, used, operation }, filled) => {
  const use = clause.values.find((one) => one.value.k === 'cidr');
  if (use?.value.k === 'cidr') {
    used.values.add(use);
    return put(filled, spec.name, use.value.cidr, use.cell);
  }
  const anyone = clause.cues.get('anyone');
  // "close 23 everywhere": on all of them.
  if (operation.verb === 'close-port' && anyone && isWord(anyone, 'everyNs')) return;
  if (anyone && spec.required !== true && anyone.low !== 'all' && anyone.low !== 'outside')
    put(filled, spec.name, '0.0.0.0/0', anyone);
};

const fillFlag: Filler = (spec, { clause, used }, filled) => {
  if (spec.name === 'previous') {
    const flag = flagValue(clause, used, '--previous', '-p');
    const cell = flag?.cell ?? clause.cells.find((one) => one.low === 'previous' || one.low === 'crashed');
    if (cell) put(filled, spec.name, true, cell);
    return;
  }
  // "Hard reset" is a verb that says it itself.
  const hard = clause.cues.get('hard') ?? clause.cells.find((cell) => !cell.quoted && isWord(cell, 'hard'));
  if (hard) put(filled, spec.name, true, hard);
};
