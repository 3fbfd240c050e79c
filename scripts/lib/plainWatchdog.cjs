// Takes the place of `@vscode/native-watchdog` in our copy of code-server, a C++ addon that npm has only as source:
// ends this extension host when the server that started it is gone, so that a killed server leaves nothing behind.

const pollMs = 1000;

exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, pollMs).unref();
};
exports.exit = (code) => process.exit(code);
