// What linking knows and what it gives: the inventory, what was spoken of, and a finding, which is either what was
// meant or the trouble with it and the candidates a person may choose from.

import type { Filter } from '../../../shared/model/reading.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import type { Inventory } from '../inventory/inventory.ts';

/** Something that was spoken of: in this text, in the turn before, or selected in the tree. */
export interface Antecedent {
  readonly ids: readonly string[];
  /** What an earlier step creates. */
  readonly created?: { readonly step: number; readonly kind: string; readonly name: string };
  readonly from: 'text' | 'turn' | 'selection';
  /** A name that fits several was only looked at; a change must not choose among them. */
  readonly doubtful?: boolean;
  /** Something was done to them, not only said of them. */
  readonly changed?: boolean;
  /** Each was named, in this order. */
  readonly listed?: boolean;
}

export interface Scene {
  readonly inventory: Inventory;
  readonly nowMs: number;
  /** The most recent first. */
  readonly antecedents: readonly Antecedent[];
  readonly connection?: string;
  /** Whether things of the kind can be deleted here. */
  readonly canDelete?: (kind: string) => boolean;
}

export type Care = 'read' | 'change' | 'destroy';

export interface Trouble {
  /** `target`, `scope`, `op`, `args` or `args.NAME`. */
  readonly about: string;
  readonly candidates: readonly Resource[];
  readonly because: 'shared' | 'ambiguous' | 'missing' | 'none' | 'unsaid' | 'count' | 'unclear' | 'repaired';
  readonly text?: string;
}

export interface Found {
  readonly ids: readonly string[];
  readonly filter?: Filter;
  readonly created?: number;
  readonly bulk: boolean;
  readonly cost: number;
  readonly trouble?: Trouble;
  /** No resource of this kind is meant at all. */
  readonly mismatch?: boolean;
  /** Everything of the kind was meant because nothing restricted it. */
  readonly unrestricted?: boolean;
}

export const candidatesMax = 50;

export function mismatch(): Found {
  return { ids: [], bulk: false, cost: 9, mismatch: true };
}

export function troubled(trouble: Trouble, cost = 0, bulk = false): Found {
  return { ids: [], bulk, cost, trouble };
}

/** "worker-4 is not ready, the alert is firing": what is told of it is nothing an order is about. */
export const isBesideAlerts = (ids: readonly string[], kept: readonly Resource[]): boolean =>
  kept.length === 1 &&
  !/:(alert|anomaly)\//.test(kept[0]!.id) &&
  ids.every((id) => id === kept[0]!.id || /:(alert|anomaly)\//.test(id));
