// The little linear algebra that detection and forecasting need, on flat row-major arrays: a symmetric eigen-system and
// the solution of a symmetric positive system. Sizes are a few hundred at most; nothing here knows what it computes for.

const sweepsMax = 60;

export interface EigenSystem {
  readonly values: Float64Array;
  /** Row-major; column k is the vector of `values[k]`. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and vectors of a symmetric matrix by Jacobi's cyclic rotations (Golub & Van Loan, section 8.5). */
export function eigenSymmetric(matrix: Float64Array, size: number): EigenSystem {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  for (let sweep = 0; sweep < sweepsMax && offDiagonal(a, size) > 1e-20; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors };
}

/** Solves `matrix · x = right` for a symmetric positive definite matrix by Cholesky, in place; only its lower half is read. */
export function solvePositive(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    let pivot = matrix[j * size + j]!;
    for (let k = 0; k < j; k++) pivot -= matrix[j * size + k]! ** 2;
    const root = Math.sqrt(Math.max(pivot, 1e-12));
    matrix[j * size + j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
      matrix[i * size + j] = sum / root;
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i * size + k]! * right[k]!;
    right[i] = sum / matrix[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < size; k++) sum -= matrix[k * size + i]! * right[k]!;
    right[i] = sum / matrix[i * size + i]!;
  }
  return right;
}

/** Σ rows·rowsᵀ / count, of rows that are already centred. */
export function covariance(rows: readonly Float64Array[], size: number): Float64Array {
  const sum = new Float64Array(size * size);
  for (const row of rows)
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) sum[i * size + j]! += row[i]! * row[j]!;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      sum[i * size + j]! /= Math.max(1, rows.length);
      sum[j * size + i] = sum[i * size + j]!;
    }
  return sum;
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) sum += a[i * size + j]! ** 2;
  return sum;
}

function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = a[p * size + q]!;
  if (Math.abs(off) < 1e-15) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * off);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  turnColumns(a, size, p, q, cosine, sine);
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[p * size + k]!, a[q * size + k]!];
    a[p * size + k] = cosine * x - sine * y;
    a[q * size + k] = sine * x + cosine * y;
  }
  turnColumns(vectors, size, p, q, cosine, sine);
}

function turnColumns(
  a: Float64Array,
  size: number,
  p: number,
  q: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < size; k++) {
    const [x, y] = [a[k * size + p]!, a[k * size + q]!];
    a[k * size + p] = cosine * x - sine * y;
    a[k * size + q] = sine * x + cosine * y;
  }
}
