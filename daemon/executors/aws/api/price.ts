// What an instance type costs an hour by AWS's public price list, in the account's region, on demand, with Linux.
// Kept for a day. Where the list does not answer, or these credentials may not read it, nothing is said of costs.

import type { PreviewNote } from '../../../../shared/model/plan.ts';
import type { Aws } from '../aws.ts';

const keptMs = 24 * 3_600_000;
/** A preview waits no longer for a figure that is only told for information. */
const waitMs = 3_000;

interface Kept {
  readonly atMs: number;
  readonly usd: number | undefined;
}
const kept = new Map<string, Kept>();
const keptMax = 1_000;

/** One line with the price, or nothing. */
export async function priceNotes(
  aws: Aws,
  type: string,
  signal: AbortSignal,
): Promise<readonly PreviewNote[]> {
  const usd = await fetchHourlyUsd(aws, type, signal);
  if (usd === undefined) return [];
  const month = Math.round(usd * 730);
  return [
    {
      level: 'info',
      message: `A ${type} costs ${usd} USD an hour by the price list, some ${month} USD a month.`,
    },
  ];
}

export async function fetchHourlyUsd(
  aws: Aws,
  type: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { region } = await aws.services.account();
  const key = `${region} ${type}`;
  const known = kept.get(key);
  if (known && aws.now() - known.atMs < keptMs) return known.usd;
  const brief = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
  let usd: number | undefined;
  try {
    usd = await ask(aws, region, type, brief);
  } catch (error) {
    if (signal.aborted) throw error;
  }
  if (kept.size >= keptMax) kept.clear();
  kept.set(key, { atMs: aws.now(), usd });
  return usd;
}

async function ask(aws: Aws, region: string, type: string, signal: AbortSignal): Promise<number | undefined> {
  const filter = (Field: string, Value: string) => ({ Type: 'TERM_MATCH' as const, Field, Value });
  const answer = await aws.services.pricing.read({ what: 'read the price', signal }, ({ sdk, send }) =>
    send(
      new sdk.GetProductsCommand({
        ServiceCode: 'AmazonEC2',
        MaxResults: 1,
        Filters: [
          filter('regionCode', region),
          filter('instanceType', type),
          filter('operatingSystem', 'Linux'),
          filter('preInstalledSw', 'NA'),
          filter('tenancy', 'Shared'),
          filter('capacitystatus', 'Used'),
        ],
      }),
    ),
  );
  return usdOf(answer.PriceList?.[0]);
}

/** The price inside a product of the list, which comes as JSON text: terms.OnDemand.*.priceDimensions.*.pricePerUnit.USD */
export function usdOf(product: unknown): number | undefined {
  // The SDK gives the text as an object of its own that reads as a string.
  let at: unknown = parse(String(product));
  for (const step of ['terms', 'OnDemand', undefined, 'priceDimensions', undefined, 'pricePerUnit', 'USD']) {
    if (typeof at !== 'object' || at === null) return undefined;
    const record = at as Record<string, unknown>;
    at = step === undefined ? Object.values(record)[0] : record[step];
  }
  const usd = Number(at);
  return at !== undefined && Number.isFinite(usd) && usd > 0 ? usd : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
