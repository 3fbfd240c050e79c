# shellcheck shell=bash disable=SC2034
# Paths, ports and small helpers that the scripts of this folder share; it is sourced, never run. Everything the lab
# owns lies below one folder of the cache, so that removing that folder removes the lab. All ports are on loopback,
# below the range Linux hands out to clients. Called by: up.sh, build.sh, down.sh, service.sh.

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME="${HOME:-/root}"
# A caller's cluster, proxy or Go settings must not leak into the lab.
unset KUBECONFIG http_proxy https_proxy HTTP_PROXY HTTPS_PROXY "${!GO@}" "${!ETCD@}"
export no_proxy='127.0.0.1,localhost' NO_PROXY='127.0.0.1,localhost'

LABS=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}
BASE=$LABS/kubernetes
# Several labs on one machine: another PILOTHOUSE_LABS_FOLDER and another shift of all ports.
SHIFT=${PILOTHOUSE_LABS_PORT_SHIFT:-0}

RECIPE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
BIN=$BASE/bin BUILD=$BASE/build VAR=$BASE/var LOG=$BASE/log RUN=$BASE/run

HOST=127.0.0.1
API_PORT=$((16443 + SHIFT)) ETCD_PORT=$((23790 + SHIFT)) ETCD_PEER_PORT=$((23800 + SHIFT))
MANAGER_PORT=$((16257 + SHIFT)) SCHEDULER_PORT=$((16259 + SHIFT))
KUBELET_PORT=$((17000 + SHIFT))
SERVER=https://$HOST:$API_PORT
NODES='node-1 node-2'
# Known to everyone: the lab listens on loopback only and holds nothing worth stealing. `limited` has no rights but
# those a test binds to it.
ADMIN_TOKEN=lab-admin-token LIMITED_TOKEN=lab-limited-token

STARTED_AT=$(date +%s%N)
say() { printf '[%5d ms] %s\n' $((($(date +%s%N) - STARTED_AT) / 1000000)) "$*"; }
die() {
  echo "kubernetes lab: $*" >&2
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
  exec 9>"$LABS/kubernetes.lock"
  flock -n 9 && return
  say 'another command is working on this lab, waiting for it'
  flock -w 3000 9 || die 'the other command did not end within 50 minutes'
}
