#!/bin/bash
# Ends the lab's sshd and snmpd; "down.sh wipe" forgets their keys, too. It touches nothing outside the lab's folder.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1
. ./settings.sh
[ -d "$BASE" ] || exit 0
take_lock
stop_service sshd
stop_service snmpd
[ "${1:-}" != wipe ] || rm -rf "$BASE"
say 'everything stopped'
