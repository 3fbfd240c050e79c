# shellcheck shell=bash disable=SC2034,SC2154
# The services of the lab as a table: the command of each, what proves that it answers, and the order of start. A
# service runs in its own process group and is known by its pid and start time, so that a pid reused by a stranger is
# never signalled. Sourced after settings.sh by up.sh, down.sh and service.sh.

SERVICES='etcd apiserver manager scheduler nodes'

is_service() { [[ " $SERVICES " == *" $1 "* ]]; }

# Prints the command line of a service, one argument a line. No argument has a space.
command_of() {
  local line kubeconfig=$BASE/kubeconfig
  case $1 in
    # No durability: the data is worth a minute.
    etcd) line="etcd --data-dir $VAR/etcd --unsafe-no-fsync --quota-backend-bytes 4294967296 --snapshot-count 100000
      --listen-client-urls http://$HOST:$ETCD_PORT --advertise-client-urls http://$HOST:$ETCD_PORT
      --listen-peer-urls http://$HOST:$ETCD_PEER_PORT --initial-advertise-peer-urls http://$HOST:$ETCD_PEER_PORT
      --initial-cluster default=http://$HOST:$ETCD_PEER_PORT" ;;
    # Without the admission of service accounts pods need none. No endpoint of its own: nothing runs in the cluster.
    apiserver) line="$BIN/kube-apiserver --etcd-servers=http://$HOST:$ETCD_PORT --bind-address=$HOST
      --secure-port=$API_PORT --insecure-port=0 --advertise-address=$HOST --endpoint-reconciler-type=none
      --cert-dir=$VAR/certs --token-auth-file=$VAR/tokens.csv --client-ca-file=$VAR/client-ca.crt --authorization-mode=RBAC
      --service-account-issuer=$SERVER --service-account-key-file=$VAR/sa.key
      --service-account-signing-key-file=$VAR/sa.key --service-cluster-ip-range=10.96.0.0/16
      --disable-admission-plugins=ServiceAccount --kubelet-preferred-address-types=InternalIP
      --audit-log-path=$LOG/audit.log --audit-policy-file=$RECIPE/audit.yaml --audit-log-maxsize=5
      --audit-log-maxbackup=3" ;;
    manager) line="$BIN/kube-controller-manager --kubeconfig=$kubeconfig --bind-address=$HOST --port=0
      --service-account-private-key-file=$VAR/sa.key --secure-port=$MANAGER_PORT --cert-dir=$VAR/manager
      --leader-elect=false --controllers=* --kube-api-qps=200 --kube-api-burst=400" ;;
    scheduler) line="$BIN/kube-scheduler --kubeconfig=$kubeconfig --bind-address=$HOST --port=0
      --secure-port=$SCHEDULER_PORT --cert-dir=$VAR/scheduler --leader-elect=false" ;;
    nodes) line="$(<"$BASE/node") --no-warnings $RECIPE/nodes.ts $BASE/nodes.json" ;;
  esac
  printf '%s\n' $line
}

# The address that answers once the service is usable.
address_of() {
  case $1 in
    etcd) echo "http://$HOST:$ETCD_PORT/health" ;;
    apiserver) echo "$SERVER/readyz" ;;
    manager) echo "https://$HOST:$MANAGER_PORT/healthz" ;;
    scheduler) echo "https://$HOST:$SCHEDULER_PORT/healthz" ;;
    nodes) echo "http://$HOST:$((KUBELET_PORT + 1))/" ;;
  esac
}

answers() {
  curl --silent --fail --insecure --output /dev/null --max-time 5 --header "Authorization: Bearer $ADMIN_TOKEN" \
    "$(address_of "$1")"
}

# Prints the start time of a process that is alive; a dead one may stay listed until something reaps it.
start_time_of() {
  local line fields
  read -r line 2>/dev/null <"/proc/$1/stat" || return 1
  read -r -a fields <<<"${line##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

# Prints the pid of a running service, or fails.
pid_of() {
  local pid start
  read -r pid start 2>/dev/null <"$RUN/$1.pid" || return 1
  [ -n "$start" ] && [ "$(start_time_of "$pid")" = "$start" ] && echo "$pid"
}

start_service() {
  local name=$1 pid words
  if pid=$(pid_of "$name"); then
    kill -CONT -- "-$pid" 2>/dev/null || true # a test may have frozen it
    return 0
  fi
  mapfile -t words < <(command_of "$name")
  setsid nohup "${words[@]}" >>"$LOG/$name.out" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid $(start_time_of "$pid")" >"$RUN/$name.pid"
}

await_service() {
  local name=$1 deadline=$((SECONDS + ${2:-120}))
  until answers "$name"; do
    if ! pid_of "$name" >/dev/null; then
      tail -n 8 "$LOG/$name.out" >&2
      die "$name ended while starting, see $LOG/$name.out"
    fi
    [ "$SECONDS" -lt "$deadline" ] || die "$name does not answer at $(address_of "$name"), see $LOG/$name.out"
    sleep 0.2
  done
}

# Ends services together: TERM, and KILL for what is left after the given seconds.
stop_services() {
  local seconds=$1 name pid deadline
  shift
  for name in "$@"; do
    pid=$(pid_of "$name") || continue
    kill -TERM -- "-$pid" 2>/dev/null || true
    kill -CONT -- "-$pid" 2>/dev/null || true
  done
  deadline=$((SECONDS + seconds))
  for name in "$@"; do
    while pid=$(pid_of "$name"); do
      [ "$SECONDS" -lt "$deadline" ] || kill -KILL -- "-$pid" 2>/dev/null || true
      sleep 0.1
    done
    rm -f "$RUN/$name.pid"
  done
}
