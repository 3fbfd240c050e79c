// What the scripts tell a person while they work. Everything goes to stderr, because stdout belongs to the
// answer of the command (`npm run -s pilothouse -- … > file`). On a terminal a running task rewrites one line;
// elsewhere it speaks at the start, every half minute, and at the end. Never prints an environment variable.

const isTerminal = Boolean(process.stderr.isTTY);
const tickMs = isTerminal ? 200 : 30_000;

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Shows `label` with the seconds gone by until `work` settles.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function sayWhile(label, work) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  if (!isTerminal) say(`${label} …`);
  const tick = () =>
    isTerminal
      ? process.stderr.write(`\r\x1b[K${label} … ${seconds()} s`)
      : say(`${label} … still at it after ${seconds()} s`);
  const timer = setInterval(tick, tickMs);
  try {
    const value = await work();
    say(`${isTerminal ? '\r\x1b[K' : ''}${label}: done in ${seconds()} s`);
    return value;
  } catch (error) {
    say(`${isTerminal ? '\r\x1b[K' : ''}${label}: failed after ${seconds()} s`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
