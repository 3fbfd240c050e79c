// Takes the place of `@vscode/spdlog` in our copy of code-server. The original is a C++ addon that npm has only as
// source; without it every log file and every panel of the editor's Output view stays empty. Same functions, plain
// JavaScript, one file per logger that starts anew when it is full. Runs inside VS Code's processes.

const fs = require('node:fs');
const path = require('node:path');

const levelNames = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let commonLevel = 2;

class Logger {
  #file;
  #bytesMax;
  #bytes = 0;
  #level;
  #isPlain = false;
  #waiting = [];

  constructor(_type, _name, file, bytesMax) {
    this.#file = file;
    this.#bytesMax = bytesMax || 5 * 1024 * 1024;
  }

  trace = (message) => this.#write(0, message);
  debug = (message) => this.#write(1, message);
  info = (message) => this.#write(2, message);
  warn = (message) => this.#write(3, message);
  error = (message) => this.#write(4, message);
  critical = (message) => this.#write(5, message);
  getLevel = () => this.#level ?? commonLevel;
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.#isPlain = true;
  }
  drop() {
    this.flush();
  }

  flush() {
    const text = this.#waiting.join('');
    this.#waiting = [];
    if (text === '') return;
    this.#bytes += Buffer.byteLength(text);
    const isFull = this.#bytes > this.#bytesMax;
    if (isFull) this.#bytes = 0;
    try {
      fs.writeFileSync(this.#file, text, { flag: isFull ? 'w' : 'a' });
    } catch {
      // A log that cannot be written must not end the editor.
    }
  }

  #write(level, message) {
    if (level < this.getLevel()) return;
    const stamp = new Date().toISOString().replace('T', ' ').replace('Z', '');
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(this.#isPlain ? message : `${stamp} [${levelNames[level]}] ${message}\n`);
  }
}

async function createLogger(type, name, file, bytesMax) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger(type, name, file, bytesMax);
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = (level) => {
  commonLevel = level;
};
exports.setFlushOn = () => {};
exports.createRotatingLogger = (...options) => createLogger('rotating', ...options);
exports.createAsyncRotatingLogger = (...options) => createLogger('rotating_async', ...options);
