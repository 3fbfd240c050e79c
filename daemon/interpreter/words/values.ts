// Values in a sentence: sizes, numbers, durations, ports, ranges, tags, images and the flags of pasted commands.

import type { Inventory } from '../inventory/inventory.ts';
import type { CellSense, Value } from './cells.ts';
import type { Work } from './spelling.ts';
import { durationUnit, parseDurationToken, parseNumber, parseSizeToken, sizeUnit } from './units.ts';
import { portWords } from './words.ts';

export interface Found {
  readonly length: number;
  readonly senses: readonly CellSense[];
}

const valueFlags =
  /^(-n|--namespace|-l|--selector|--replicas|--image|--to-revision|--tail|--since|-c|--container|-o|--output|--flavor|--size|--region|--name|--context|--profile|--grace-period|--count|--network|--key-name|--host|--port|--timeout|--field-selector|--project|--os-cloud|--cluster)$/;

export function flagAt(work: readonly Work[], at: number): Found | undefined {
  const { low, text } = work[at]!;
  const joined = /^(--?[a-z][\w-]*)=(.+)$/i.exec(text);
  if (joined) return flagOf(joined[1]!.toLowerCase(), joined[2]!, 1);
  const short = /^-n([a-z][\w-]+)$/.exec(low);
  if (short && work[at]!.text.startsWith('-n')) return flagOf('-n', short[1]!, 1);
  if (!/^--?[a-z]/.test(low)) return undefined;
  const next = work[at + 1];
  const isCount = low === '-n' && next !== undefined && /^\d+$/.test(next.text);
  if (isCount) return flagOf('--tail', next.text, 2);
  if (valueFlags.test(low) && next && !/^-/.test(next.text)) return flagOf(low, next.text, 2);
  return flagOf(low === '-a' && text === '-A' ? '--all-namespaces' : low, '', 1);
}

function flagOf(flag: string, value: string, length: number): Found {
  return { length, senses: [{ t: 'value', value: { k: 'flag', flag, value } }] };
}

export function valueAt(work: readonly Work[], at: number, inventory: Inventory): Found | undefined {
  const { low, text } = work[at]!;
  const one = (value: Value): Found => ({ length: 1, senses: [{ t: 'value', value }] });
  const pair = /^([\w./-]+)=(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^=]*))$/.exec(text);
  if (pair) {
    const value = pair[2] ?? pair[3] ?? pair[4] ?? pair[5] ?? '';
    return one({ k: 'tags', tags: { [pair[1]!]: value } });
  }
  const colon = /^([\w.-]+):([\w.-]+)$/.exec(text);
  if (colon && inventory.isTagKey(colon[1]!.toLowerCase()) && !/^\d/.test(colon[1]!))
    return one({ k: 'tags', tags: { [colon[1]!]: colon[2]! } });
  if (/^[0-9a-f:.]+\/\d{1,3}$/.test(low) && /[.:]/.test(low)) return one({ k: 'cidr', cidr: low });
  const port = /^(\d{1,5})[/:-]?(tcp|udp|icmp)$/.exec(low) ?? /^(tcp|udp|icmp)[/:-]?(\d{1,5})$/.exec(low);
  if (port) {
    const [number, protocol] = /^\d/.test(port[1]!) ? [port[1]!, port[2]!] : [port[2]!, port[1]!];
    return one({ k: 'port', port: Number(number), protocol, sure: true });
  }
  const times = /^(?:x(\d+)|(\d+)x)$/.exec(low);
  if (times) return one({ k: 'times', n: Number(times[1] ?? times[2]) });
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(low);
  if (percent) return one({ k: 'percent', n: Number(percent[1]) });
  const size = parseSizeToken(low.replace(/^\+/, ''));
  if (size !== undefined) return one({ k: 'size', gb: size });
  const seconds = /^\d/.test(low) ? parseDurationToken(low) : undefined;
  if (seconds !== undefined) return one({ k: 'duration', seconds });
  if (/^[\w.-]+(\/[\w.-]+)*:[\w.-]+$/.test(low) && /[a-z]/.test(low) && !/^\d+:\d+/.test(low))
    return one({ k: 'image', image: text });
  return numberAt(work, at);
}

/** "a terabyte", "a quarter terabyte", "half of a TB". */
function partOfUnit(words: readonly string[]): Found | undefined {
  let at = /^(a|an|one)$/.test(words[0]!) ? 1 : 0;
  const part = { half: 0.5, quarter: 0.25 }[words[at] ?? ''];
  if (part !== undefined) at++;
  while (part !== undefined && /^(of|a|an)$/.test(words[at] ?? '')) at++;
  const unit = words[at];
  const gb = at > 0 && unit !== undefined && unit.length > 1 ? sizeUnit(unit) : undefined;
  return gb === undefined
    ? undefined
    : { length: at + 1, senses: [{ t: 'value', value: { k: 'size', gb: (part ?? 1) * gb } }] };
}

function numberAt(work: readonly Work[], at: number): Found | undefined {
  const words = work.slice(at, at + 8).map((token) => (token.quoted ? '"' : token.low));
  const signed = words[0]!.replace(/^[+=#]/, '');
  const part = partOfUnit(words);
  if (part) return part;
  if (
    /^(a|an)$/.test(signed) &&
    (words[1]?.length ?? 0) > 2 &&
    !/^(group|groups|grp)$/.test(words[2] ?? '') &&
    durationUnit(words[1]) !== undefined &&
    !/s$/.test(words[1]!)
  )
    return {
      length: 2,
      senses: [{ t: 'value', value: { k: 'duration', seconds: durationUnit(words[1])! } }],
    };
  const number =
    parseNumber([signed, ...words.slice(1)]) ??
    (words[0] === 'half' && words[1] === 'a' ? { value: 0.5, length: 2 } : undefined);
  if (!number) {
    const port = Object.hasOwn(portWords, words[0]!) ? portWords[words[0]!]! : undefined;
    return port === undefined
      ? undefined
      : { length: 1, senses: [{ t: 'value', value: { k: 'port', port, sure: false } }] };
  }
  // "one more gig"
  const isMore =
    /^(more|extra|additional|further)$/.test(words[number.length] ?? '') &&
    (words[number.length + 1]?.length ?? 0) > 1 &&
    sizeUnit(words[number.length + 1]) !== undefined;
  const behind = number.length + (isMore ? 1 : 0);
  const unit = words[behind]?.replace(/^-/, '');
  const extra = behind + 1;
  const gb =
    unit !== 'm' && unit !== 'g' && unit !== 't'
      ? sizeUnit(unit)
      : unit === 'g' || unit === 't'
        ? sizeUnit(unit)
        : undefined;
  if (gb !== undefined)
    return { length: extra, senses: [{ t: 'value', value: { k: 'size', gb: number.value * gb } }] };
  const seconds = unit !== undefined && unit.length > 1 ? durationUnit(unit) : undefined;
  if (seconds !== undefined)
    return {
      length: extra,
      senses: [{ t: 'value', value: { k: 'duration', seconds: number.value * seconds } }],
    };
  if (unit === '%' || unit === 'percent')
    return { length: extra, senses: [{ t: 'value', value: { k: 'percent', n: number.value } }] };
  return { length: number.length, senses: [{ t: 'value', value: { k: 'number', n: number.value } }] };
}
