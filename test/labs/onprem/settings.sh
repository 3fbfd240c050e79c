# shellcheck shell=bash disable=SC2034
# Paths, ports and small helpers of the lab of one's own servers; sourced by up.sh and down.sh, never run.

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME="${HOME:-/root}"

LABS=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}
BASE=$LABS/onprem
SHIFT=${PILOTHOUSE_LABS_PORT_SHIFT:-0}
SSH_PORT=$((12022 + SHIFT)) SNMP_PORT=$((12161 + SHIFT))

STARTED_AT=$(date +%s%N)
say() { printf '[%5d ms] %s\n' $((($(date +%s%N) - STARTED_AT) / 1000000)) "$*"; }
die() {
  echo "onprem lab: $*" >&2
  exit 1
}
impossible() {
  echo "cannot run here because $*" >&2
  exit 69
}

take_lock() {
  mkdir -p "$LABS"
  exec 9> "$LABS/onprem.lock"
  flock -w 600 9 || die 'another command works on this lab and does not end'
}

# Ends one service of this lab and nothing else: its number is its own file, and its command line names its folder.
stop_service() {
  local pid
  pid=$(cat "$BASE/$1.pid" 2> /dev/null) || return 0
  if tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null | grep -qF "$BASE"; then
    kill "$pid" 2> /dev/null || true
    for _ in $(seq 50); do
      [ -d "/proc/$pid" ] || break
      sleep 0.1
    done
  fi
  rm -f "$BASE/$1.pid"
}
