# shellcheck shell=bash disable=SC2034
# Paths and small helpers of the podman lab; sourced by up.sh and down.sh, never run.

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME="${HOME:-/root}"
unset DOCKER_HOST CONTAINER_HOST

LABS=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}
BASE=$LABS/podman
LOG=$BASE/log SOCKET=$BASE/podman.sock PID=$BASE/service.pid
IMAGE=localhost/lab/busybox:1
PODMAN=/usr/bin/podman
# crun fails without systemd's cgroups; runc does not.
OPTIONS=(--root "$BASE/root" --runroot "$BASE/run" --tmpdir "$BASE/tmp" --cgroup-manager=cgroupfs
  --events-backend=file --runtime=/usr/sbin/runc)

podman() { "$PODMAN" "${OPTIONS[@]}" "$@"; }

STARTED_AT=$(date +%s%N)
say() { printf '[%5d ms] %s\n' $((($(date +%s%N) - STARTED_AT) / 1000000)) "$*"; }
die() {
  echo "podman lab: $*" >&2
  exit 1
}
impossible() {
  echo "cannot run here because $*" >&2
  exit 69
}

take_lock() {
  mkdir -p "$LABS"
  exec 9> "$LABS/podman.lock"
  flock -w 600 9 || die 'another command works on this lab and does not end'
}

is_answering() {
  [ -S "$SOCKET" ] && curl -sf -m 5 --unix-socket "$SOCKET" http://localhost/_ping > /dev/null
}

# Ends the service of this lab and nothing else: its number is its own file, and its command line names its socket.
stop_service() {
  local pid
  pid=$(cat "$PID" 2> /dev/null) || return 0
  if tr '\0' ' ' < "/proc/$pid/cmdline" 2> /dev/null | grep -qF "$SOCKET"; then
    kill -CONT "$pid" 2> /dev/null
    kill "$pid" 2> /dev/null || true
    for _ in $(seq 50); do
      [ -d "/proc/$pid" ] || break
      sleep 0.1
    done
    kill -9 "$pid" 2> /dev/null || true
  fi
  rm -f "$PID" "$SOCKET"
}
