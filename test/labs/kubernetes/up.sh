#!/bin/bash
# Brings up a real Kubernetes 1.20 on loopback, without systemd and without containers: etcd, API server, controller
# manager, scheduler, and nodes that are kubelets of our own (nodes.ts). What is installed, built or running already is
# left as it is, so it may be run again at any time and after any cut. It must never start or change a service of the
# machine itself. Called by kubernetesLab.ts with the Node that runs the nodes in NODE; ends with 0 when the lab is
# usable, 69 when this machine cannot run it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh
. ./services.sh
. ./build.sh

main() {
  require_root
  require_debian_12
  take_lock
  mkdir -p "$BIN" "$VAR" "$LOG" "$RUN"
  chmod 700 "$RUN"
  install_packages
  build
  write_configuration
  start_service etcd && await_service etcd
  start_service apiserver && await_service apiserver
  local name
  for name in manager scheduler nodes; do start_service "$name"; done
  for name in manager scheduler nodes; do await_service "$name"; done
  await_nodes
  write_record
  say "usable; KUBECONFIG=$BASE/kubeconfig"
}

require_debian_12() {
  local id='' version=''
  id=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") || true
  version=$(. /etc/os-release 2>/dev/null && echo "${VERSION_ID:-}") || true
  [ "$id $version" = 'debian 12' ] ||
    impossible "the lab is made from the packages of Debian 12, and this is ${id:-unknown} ${version:-}"
}

write_configuration() {
  [ -f "$VAR/sa.key" ] || openssl genrsa -out "$VAR/sa.key" 2048 2>/dev/null
  printf '%s\n' "$ADMIN_TOKEN,admin,1,system:masters" "$LIMITED_TOKEN,limited,2" >"$VAR/tokens.csv"
  cat >"$BASE/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters:
- {name: lab, cluster: {server: "$SERVER", certificate-authority: $VAR/certs/apiserver.crt}}
users:
- {name: admin, user: {token: $ADMIN_TOKEN}}
- {name: limited, user: {token: $LIMITED_TOKEN}}
contexts:
- {name: lab, context: {cluster: lab, user: admin}}
- {name: limited, context: {cluster: lab, user: limited}}
current-context: lab
YAML
  chmod 600 "$BASE/kubeconfig"
  [ -f "$VAR/kubelet.key" ] || openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=kubelet \
    -keyout "$VAR/kubelet.key" -out "$VAR/kubelet.crt" 2>/dev/null
  make_client_certificate
  echo "${NODE:?}" >"$BASE/node"
  cat >"$BASE/nodes.json" <<JSON
{"server": "$SERVER", "certificate": "$VAR/certs/apiserver.crt", "token": "$ADMIN_TOKEN", "port": $KUBELET_PORT,
 "nodes": ["${NODES// /\", \"}"], "key": "$VAR/kubelet.key", "keyCertificate": "$VAR/kubelet.crt"}
JSON
}

# A user who signs in by a certificate: "certified", an administrator.
make_client_certificate() {
  [ -f "$VAR/client.crt" ] && return
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=lab-clients -keyout "$VAR/client-ca.key" \
    -out "$VAR/client-ca.crt" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj /O=system:masters/CN=certified -keyout "$VAR/client.key" \
    -out "$VAR/client.csr" 2>/dev/null
  openssl x509 -req -days 3650 -CA "$VAR/client-ca.crt" -CAkey "$VAR/client-ca.key" -CAcreateserial \
    -in "$VAR/client.csr" -out "$VAR/client.crt" 2>/dev/null
}

await_nodes() {
  local deadline=$((SECONDS + 90)) ready name
  for name in $NODES; do
    while :; do
      ready=$("$BIN/kubectl" --kubeconfig "$BASE/kubeconfig" get node "$name" --ignore-not-found \
        -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null) || ready=
      [ "$ready" = True ] && break
      [ "$SECONDS" -lt "$deadline" ] || die "$name does not become ready, see $LOG/nodes.out"
      sleep 0.3
    done
  done
}

# What the tests are told, so that ports and paths stand in one place only.
write_record() {
  cat >"$BASE/lab.json" <<JSON
{"server": "$SERVER", "certificate": "$VAR/certs/apiserver.crt", "kubeconfig": "$BASE/kubeconfig",
 "adminToken": "$ADMIN_TOKEN", "limitedToken": "$LIMITED_TOKEN", "nodes": ["${NODES// /\", \"}"], "logFolder": "$LOG", "auditLog": "$LOG/audit.log",
 "clientCertificate": "$VAR/client.crt", "clientKey": "$VAR/client.key",
 "nodesHealth": "http://$HOST:$((KUBELET_PORT + 1))/", "kubectl": "$BIN/kubectl"}
JSON
}

main
