#!/bin/bash
# Stops what up.sh started; the data stays, so that the next up.sh finds the servers and volumes again.
# "down.sh wipe" forgets the data too: the next start comes from the golden snapshot. The snapshot, the unpacked
# packages and the installed ones stay. It touches no process that is not in the lab's own pid files.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1
. ./settings.sh
. ./services.sh
require_root
take_lock
[ ! -d "$RUN" ] || stop_everything
say 'everything stopped'
if [ "${1:-}" = wipe ]; then
  rm -rf "$ETC" "$VAR" "$LOG" "$RUN" "$LIB" "$BIN" "$BASE/clouds.yaml" "$BASE/lab.json"
  say 'data forgotten'
fi
