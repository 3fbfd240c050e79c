// Questions and their answers: a reading that only reads goes in, evidence comes out.

import type { Answer } from '../../shared/model/answer.ts';
import type { QueryReading } from '../../shared/model/reading.ts';

export interface Answers {
  /**
   * Answers every step of a query, in order. Reads only.
   * Throws ProblemError where the question cannot be answered here (`unsupported`) or the cloud refuses.
   */
  answer(reading: QueryReading, signal: AbortSignal): Promise<Answer>;
}
