// The journal: plans and steps on disk, as a state machine whose every move is one durable transaction. A move states
// where it comes from and fails where that is not so: an approval cannot be used twice, an ended plan not begun again,
// a step not intended twice. It keeps nothing in memory and decides nothing; recovery reads only what stands here.

import type Database from 'better-sqlite3';
import { type Plan, type PlanState, planStates, type StepRun } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { HeadWitness } from '../audit/contract.ts';
import { createAuditWitness } from './auditWitness.ts';

/**
 * `intended`: a write is meant, whether the cloud heard of it is not known. `performed`: the cloud answered.
 * `settled`: how it ended is known, the audit may not know. `closed`: the audit knows.
 */
export type Boundary = 'intended' | 'performed' | 'settled' | 'closed';

/** What is known of a step beyond its plan. */
export interface StepFacts {
  readonly run: StepRun;
  /** The target right before the write. */
  readonly before?: Resource;
  /** What the step left, where that was read back. */
  readonly after?: Resource;
  readonly createdId?: string;
  /** Arguments with what earlier steps made filled in. */
  readonly args?: Plan['steps'][number]['args'];
}

export interface StepEntry extends StepFacts {
  readonly step: number;
  readonly mark: string;
  readonly boundary: Boundary;
  readonly intendedMs: number;
}

/** The part of a plan that changes after it was shown. */
export interface Ending {
  readonly approvedBy?: Plan['approvedBy'];
  readonly finishedAt?: string;
  readonly canUndo: boolean;
  /** Something is left that a new plan could go on with, and none has. */
  readonly canContinue?: boolean;
  readonly audit?: Plan['audit'];
  readonly outcome?: string;
  /** The audit knows how it ended. */
  readonly audited?: boolean;
}

/** The part of a plan that never changes: what was shown, and its digest. */
export type ShownPlan = Omit<
  Plan,
  'state' | 'runs' | 'approvedBy' | 'finishedAt' | 'canUndo' | 'canContinue' | 'audit' | 'outcome'
>;

export interface JournaledPlan {
  readonly shown: ShownPlan;
  readonly state: PlanState;
  readonly ending: Ending;
  readonly steps: readonly StepEntry[];
}

export interface Journal {
  add(shown: ShownPlan, state: PlanState, ending: Ending, createdMs: number): void;
  get(id: string): JournaledPlan | undefined;
  /** Newest first. */
  ids(where: { readonly states?: readonly PlanState[]; readonly limit: number }): readonly string[];
  count(states: readonly PlanState[]): number;
  /**
   * Moves a plan. False, and nothing changed, where it is in none of the states it may come from. `uses` is a plan
   * that can be gone on with once: it is used up by the same move, and where it was already there is no move.
   */
  move(id: string, to: PlanState, ending: Partial<Ending>, uses?: string): boolean;
  /** Changes what is said of a plan and not its state. */
  amend(id: string, ending: Partial<Ending>): void;
  /** A write is meant. Throws where one was already meant for the step. */
  intend(plan: string, step: number, mark: string, facts: StepFacts, intendedMs: number): void;
  /** Moves a step on: intended → performed → settled → closed; forward only, in as many moves as it takes. */
  advance(plan: string, step: number, to: Boundary, facts?: Partial<StepFacts>): void;
  /** Takes a step back from closed for one more look: unknown ones only. */
  reopen(plan: string, step: number): void;
  /** A step ended without a write: nothing to do, or stopped before it. */
  note(plan: string, step: number, mark: string, facts: StepFacts): void;
  /** Forgets the oldest ended plans over `keep`; gives their ids. Open ones stay. */
  prune(keep: number): readonly string[];
  /** Remembers the newest audit record with every move. */
  readonly auditWitness: HeadWitness;
}

/** state → the states a plan may come from. What is not here cannot happen. */
const comesFrom: Readonly<Record<PlanState, readonly PlanState[]>> = {
  proposed: [],
  denied: [],
  blocked: [],
  rejected: ['proposed'],
  expired: ['proposed'],
  approved: ['proposed'],
  running: ['approved'],
  done: ['running', 'unknown'],
  failed: ['approved', 'running', 'unknown'],
  stopped: ['approved', 'running', 'unknown'],
  cancelled: ['proposed', 'approved', 'running'],
  unknown: ['running'],
};

/** States in which a plan waits for something or runs. */
export const openStates: readonly PlanState[] = ['proposed', 'approved', 'running', 'unknown'];

/** Whether a plan has come to its end; `unknown` has, until a person settles it. */
export function hasEnded(state: PlanState): boolean {
  return !['proposed', 'approved', 'running'].includes(state);
}

const boundaries: readonly Boundary[] = ['intended', 'performed', 'settled', 'closed'];

interface PlanRow {
  readonly state: string;
  readonly shown: string;
  readonly ending: string;
}
interface StepRow {
  readonly step: number;
  readonly mark: string;
  readonly boundary: Boundary;
  readonly intended_ms: number;
  readonly facts: string;
}

/** Over a database opened with `journalMigrations` and durability `full`. */
export function createJournal(database: Database.Database): Journal {
  const witness = createAuditWitness(database);
  const plan = database.prepare<[string], PlanRow>('SELECT state, shown, ending FROM plans WHERE id = ?');
  const stepRows = database.prepare<[string], StepRow>(
    'SELECT step, mark, boundary, intended_ms, facts FROM steps WHERE plan = ? ORDER BY step',
  );
  const stepRow = database.prepare<[string, number], StepRow>(
    'SELECT step, mark, boundary, intended_ms, facts FROM steps WHERE plan = ? AND step = ?',
  );
  const insertPlan = database.prepare(
    'INSERT INTO plans (id, created_ms, state, shown, ending) VALUES (?, ?, ?, ?, ?)',
  );
  const setPlan = database.prepare('UPDATE plans SET state = ?, ending = ? WHERE id = ?');
  const insertStep = database.prepare(
    'INSERT INTO steps (plan, step, mark, boundary, intended_ms, facts) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const setStep = database.prepare('UPDATE steps SET boundary = ?, facts = ? WHERE plan = ? AND step = ?');

  /** One durable move, with the newest audit record beside it. */
  function durably<T>(act: () => T): T {
    try {
      return database
        .transaction(() => {
          const result = act();
          witness.store();
          return result;
        })
        .immediate();
    } catch (error) {
      throw asJournalProblem(error);
    }
  }
  function requirePlan(id: string): PlanRow {
    const row = plan.get(id);
    if (!row) throw new Error(`The journal knows no plan ${id}`);
    return row;
  }
  function change(id: string, to: PlanState | undefined, ending: Partial<Ending>): boolean {
    const row = requirePlan(id);
    if (to && !comesFrom[to].includes(row.state as PlanState)) return false;
    const merged = { ...(JSON.parse(row.ending) as Ending), ...ending };
    setPlan.run(to ?? row.state, JSON.stringify(merged), id);
    return true;
  }
  function moveStep(id: string, step: number, to: Boundary, facts: Partial<StepFacts>): void {
    const row = stepRow.get(id, step);
    if (!row) throw new Error(`The journal knows no step ${step} of ${id}`);
    if (boundaries.indexOf(to) < boundaries.indexOf(row.boundary))
      throw new Error(`Step ${step} of ${id} is ${row.boundary} and cannot become ${to}`);
    setStep.run(to, JSON.stringify({ ...(JSON.parse(row.facts) as StepFacts), ...facts }), id, step);
  }
  return {
    auditWitness: witness,
    add: (shown, state, ending, createdMs) =>
      durably(() => {
        insertPlan.run(shown.id, createdMs, state, JSON.stringify(shown), JSON.stringify(ending));
      }),
    get: (id) => {
      const row = plan.get(id);
      return row && { ...readPlan(id, row), steps: stepRows.all(id).map(readStep) };
    },
    ids: ({ states = planStates, limit }) =>
      database
        .prepare<unknown[], string>(
          `SELECT id FROM plans WHERE state IN (${states.map(() => '?').join(',')})
           ORDER BY created_ms DESC, rowid DESC LIMIT ?`,
        )
        .pluck()
        .all(...states, limit),
    count: (states) =>
      database
        .prepare<unknown[], number>(
          `SELECT count(*) FROM plans WHERE state IN (${states.map(() => '?').join(',')})`,
        )
        .pluck()
        .get(...states) ?? 0,
    move: (id, to, ending, uses) =>
      durably(() => {
        if (uses === undefined) return change(id, to, ending);
        const row = plan.get(uses);
        if (!row || (JSON.parse(row.ending) as Ending).canContinue !== true) return false;
        return change(id, to, ending) && change(uses, undefined, { canContinue: false });
      }),
    amend: (id, ending) => void durably(() => change(id, undefined, ending)),
    intend: (id, step, mark, facts, intendedMs) =>
      void durably(() => insertStep.run(id, step, mark, 'intended', intendedMs, JSON.stringify(facts))),
    advance: (id, step, to, facts = {}) => durably(() => moveStep(id, step, to, facts)),
    reopen: (id, step) =>
      durably(() => {
        const row = stepRow.get(id, step);
        if (!row || readStep(row).run.state !== 'unknown')
          throw new Error(`Step ${step} of ${id} is not unknown`);
        setStep.run('performed', row.facts, id, step);
      }),
    note: (id, step, mark, facts) =>
      void durably(() => insertStep.run(id, step, mark, 'closed', 0, JSON.stringify(facts))),
    prune: (keep) =>
      durably(() =>
        database
          .prepare<unknown[], string>(
            `DELETE FROM plans WHERE id IN (
               SELECT id FROM plans WHERE state NOT IN (${openStates.map(() => '?').join(',')})
               ORDER BY created_ms DESC, rowid DESC LIMIT -1 OFFSET ?) RETURNING id`,
          )
          .pluck()
          .all(...openStates, keep),
      ),
  };
}

function readPlan(id: string, row: PlanRow): Omit<JournaledPlan, 'steps'> {
  const shown = JSON.parse(row.shown) as ShownPlan;
  if (shown.id !== id) throw new Error(`The journal's plan ${id} says it is ${shown.id}`);
  return { shown, state: row.state as PlanState, ending: JSON.parse(row.ending) as Ending };
}

function readStep(row: StepRow): StepEntry {
  return {
    ...(JSON.parse(row.facts) as StepFacts),
    step: row.step,
    mark: row.mark,
    boundary: row.boundary,
    intendedMs: row.intended_ms,
  };
}

function asJournalProblem(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_') || code.startsWith('SQLITE_CONSTRAINT'))
    return error;
  return new ProblemError(
    {
      code: 'store-unavailable',
      message: `The journal cannot be written: ${error instanceof Error ? error.message : code}.`,
      fix: 'Check the space and the rights of the state folder. Nothing is changed in any cloud until it works.',
    },
    error,
  );
}
