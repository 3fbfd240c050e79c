// The README's table of operations says what the catalogue says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withOperations } from '../../scripts/operationsTable.ts';

describe('the README', () => {
  it('lists the operations of the catalogue (else run node scripts/operationsTable.ts)', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
    assert.equal(withOperations(readme), readme);
  });
});
