#!/bin/bash
# Removes the lab's containers and ends its service; the image stays. "down.sh wipe" forgets that, too. It touches
# nothing that is not in the lab's own folder.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1
. ./settings.sh
[ -d "$BASE" ] || exit 0
take_lock
[ -x "$PODMAN" ] && podman rm --all --force --time 0 > /dev/null 2>&1
stop_service
if [ "${1:-}" = wipe ]; then
  umount "$BASE"/root/overlay 2> /dev/null
  rm -rf "$BASE"
fi
say 'everything stopped'
