#!/bin/bash
# Stops what up.sh started; the data stays, so that the next up.sh finds the objects again. "down.sh wipe" forgets the
# data too; what was built and installed stays. It touches no process that is not in the lab's own pid files.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1
. ./settings.sh
. ./services.sh
require_root
take_lock
if [ -d "$RUN" ]; then
  stop_services 5 nodes scheduler manager
  stop_services 10 apiserver
  stop_services 10 etcd
fi
say 'everything stopped'
if [ "${1:-}" = wipe ]; then
  rm -rf "$VAR" "$LOG" "$RUN" "$BASE/kubeconfig" "$BASE/lab.json" "$BASE/nodes.json" "$BASE/node"
  say 'data forgotten'
fi
