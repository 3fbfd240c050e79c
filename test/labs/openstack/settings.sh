# shellcheck shell=bash disable=SC2034
# Paths, ports and small helpers that the scripts of this folder share; it is sourced, never run. Everything the
# lab owns lies below one folder of the cache, so that removing that folder removes the lab. All ports are on
# loopback, below the range Linux hands out to clients, and away from the numbers common services use.
# Called by: up.sh, down.sh, service.sh.

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME="${HOME:-/root}"
# A caller's cloud, proxy or Python settings must not leak into the lab.
unset PYTHONHOME PYTHONPATH "${!OS_@}"
export no_proxy='127.0.0.1,localhost' NO_PROXY='127.0.0.1,localhost'

LABS=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}
BASE=$LABS/openstack
# Several labs on one machine: another PILOTHOUSE_LABS_FOLDER and another shift of all ports.
SHIFT=${PILOTHOUSE_LABS_PORT_SHIFT:-0}

RECIPE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
ETC=$BASE/etc VAR=$BASE/var LOG=$BASE/log RUN=$BASE/run LIB=$BASE/lib BIN=$BASE/bin
SHARE=$BASE/share GOLDEN=$BASE/golden

HOST=127.0.0.1
REGION=RegionOne
IDENTITY_PORT=$((15000 + SHIFT)) COMPUTE_PORT=$((18774 + SHIFT)) VOLUME_PORT=$((18776 + SHIFT))
PLACEMENT_PORT=$((18778 + SHIFT)) IMAGE_PORT=$((19292 + SHIFT)) NETWORK_PORT=$((19696 + SHIFT))
SERIAL_PORT=$((16083 + SHIFT))
RABBIT_PORT=$((15673 + SHIFT)) RABBIT_NODE_PORT=$((25673 + SHIFT)) EPMD_PORT=$((14369 + SHIFT))
# Known to everyone: the lab listens on loopback only and holds nothing worth stealing.
ADMIN_PASSWORD=admin-pass DEMO_PASSWORD=demo-pass SERVICE_PASSWORD=service-pass
AUTH_URL=http://$HOST:$IDENTITY_PORT/v3

STARTED_AT=$(date +%s%N)
say() { printf '[%5d ms] %s\n' $((($(date +%s%N) - STARTED_AT) / 1000000)) "$*"; }
die() {
  echo "openstack lab: $*" >&2
  exit 1
}
# Exit code 69 (EX_UNAVAILABLE) tells the caller that this machine can never run the lab; the last line says why.
impossible() {
  echo "cannot run here because $*" >&2
  exit 69
}

require_root() {
  [ "$(id -u)" = 0 ] || impossible 'the lab installs packages and starts services, which needs root'
}

# One command at a time changes the lab; a second one waits for the first. Descriptor 9 is closed in services.
take_lock() {
  mkdir -p "$BASE"
  exec 9>"$LABS/openstack.lock"
  flock -n 9 && return
  say 'another command is working on this lab, waiting for it'
  flock -w 3000 9 || die 'the other command did not end within 50 minutes'
}
