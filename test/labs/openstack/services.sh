# shellcheck shell=bash disable=SC2034,SC2154
# The services of the lab as a table: the command of each, what proves that it listens, and the order of start.
# A service runs in its own process group and is known by its pid and start time, so that a pid reused by a
# stranger is never signalled. Sourced after settings.sh by up.sh, down.sh and service.sh.

# The order matters twice: the conductor ends when Keystone and Placement do not answer, and a compute host that
# finds no conductor waits ten seconds before it asks again, so those come last.
SERVICES='epmd rabbit mysql
keystone placement
glance neutron
nova-conductor nova-scheduler nova-api nova-serialproxy
cinder-api cinder-scheduler cinder-volume
nova-compute1 nova-compute2'

python=/usr/bin/python3 # Debian's own; another one first in PATH cannot see Debian's packages
uwsgi="uwsgi_python3 --need-app --die-on-term --enable-threads --buffer-size 65535 --lazy-apps --disable-logging
  --log-date --add-header Connection:close --threads 4"
export PYTHONPATH=$LIB PYTHONWARNINGS=ignore

is_service() { [[ " ${SERVICES//$'\n'/ } " == *" $1 "* ]]; }

# Prints the command line of a service, one argument a line.
command_of() {
  local nova="--config-file $ETC/nova.conf --config-file $ETC/nova-database.conf"
  local line
  case $1 in
    epmd) line="epmd -port $EPMD_PORT -address $HOST" ;;
    rabbit) line="env HOME=$VAR/rabbit/home ERL_EPMD_PORT=$EPMD_PORT ERL_EPMD_ADDRESS=$HOST
      RABBITMQ_NODENAME=pilothouse-lab-$SHIFT@localhost RABBITMQ_DIST_PORT=$RABBIT_NODE_PORT
      RABBITMQ_MNESIA_BASE=$VAR/rabbit/mnesia RABBITMQ_LOG_BASE=$LOG RABBITMQ_CONFIG_FILE=$ETC/rabbitmq.conf
      RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_ENABLED_PLUGINS_FILE=$ETC/rabbitmq-plugins
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel|inet_dist_use_interface|{127,0,0,1}|+S|1:1|+sbwt|none
      /usr/lib/rabbitmq/bin/rabbitmq-server" ;;
    # No durability: the data is worth 30 seconds. No TCP port: root of this database has no password, and the
    # socket lies in a folder that only root can enter.
    mysql) line="mariadbd --no-defaults --user=root --datadir=$VAR/mysql --socket=$RUN/mysql.sock
      --pid-file=$RUN/mariadbd.own --skip-networking --skip-log-bin --max-connections=500 --tmpdir=$VAR/tmp
      --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=O_DIRECT_NO_FSYNC
      --innodb-buffer-pool-size=128M --innodb-log-file-size=48M --performance-schema=0
      --character-set-server=utf8mb3 --collation-server=utf8mb3_general_ci" ;;
    keystone) line="env OS_KEYSTONE_CONFIG_FILES=$ETC/keystone.conf $uwsgi
      --http-socket $HOST:$IDENTITY_PORT --wsgi-file /usr/bin/keystone-wsgi-public" ;;
    placement) line="env OS_PLACEMENT_CONFIG_DIR=$ETC/placement $uwsgi
      --http-socket $HOST:$PLACEMENT_PORT --wsgi-file /usr/bin/placement-api" ;;
    neutron) line="env OS_NEUTRON_CONFIG_FILES=$ETC/neutron.conf $uwsgi
      --http-socket $HOST:$NETWORK_PORT --wsgi-file $RECIPE/plugins/neutron_wsgi.py" ;;
    glance) line="$BIN/glance-api --config-file $ETC/glance-api.conf" ;;
    nova-compute*) line="$BIN/nova-compute --config-file $ETC/nova.conf --config-file $ETC/${1#nova-}.conf" ;;
    nova-*) line="$BIN/$1 $nova" ;;
    cinder-*) line="$BIN/$1 --config-file $ETC/cinder.conf" ;;
  esac
  local word
  for word in $line; do echo "${word//|/ }"; done
}

# The address that answers once the service is usable; empty for those that only talk through the message queue.
address_of() {
  case $1 in
    epmd) echo "tcp:$EPMD_PORT" ;;
    rabbit) echo "tcp:$RABBIT_PORT" ;;
    mysql) echo "socket:$RUN/mysql.sock" ;;
    keystone) echo "http://$HOST:$IDENTITY_PORT/v3" ;;
    placement) echo "http://$HOST:$PLACEMENT_PORT/" ;;
    neutron) echo "http://$HOST:$NETWORK_PORT/" ;;
    glance) echo "http://$HOST:$IMAGE_PORT/" ;;
    nova-api) echo "http://$HOST:$COMPUTE_PORT/" ;;
    nova-serialproxy) echo "tcp:$SERIAL_PORT" ;;
    cinder-api) echo "http://$HOST:$VOLUME_PORT/" ;;
  esac
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

# Whether any process of a group is alive; `kill -0` would also count the dead ones that wait to be reaped.
is_group_alive() {
  local file line fields
  for file in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$file" || continue
    read -r -a fields <<<"${line##*) }"
    [ "${fields[2]}" != "$1" ] || [ "${fields[0]}" = Z ] || return 0
  done
  return 1
}

start_service() {
  local name=$1 pid words
  if pid=$(pid_of "$name"); then
    kill -CONT -- "-$pid" 2>/dev/null || true # a test may have frozen it
    return 0
  fi
  if answers "$name"; then die "the address of $name ($(address_of "$name")) is taken by a process that is not ours"; fi
  mapfile -t words < <(command_of "$name")
  setsid nohup "${words[@]}" >>"$LOG/$name.out" 2>&1 </dev/null 9>&- &
  pid=$!
  echo "$pid $(start_time_of "$pid")" >"$RUN/$name.pid"
}

answers() {
  local address
  address=$(address_of "$1")
  case $address in
    '') return 1 ;;
    tcp:*) (exec 3<>"/dev/tcp/$HOST/${address#tcp:}") 2>/dev/null ;;
    socket:*) mariadb-admin --no-defaults -S "${address#socket:}" -u root ping >/dev/null 2>&1 ;;
    *) curl --silent --output /dev/null --max-time 5 "$address" ;;
  esac
}

# Waits until a service listens; one without an address is asked for by await_ready.py.
await_service() {
  local name=$1 deadline=$((SECONDS + ${2:-120}))
  [ -n "$(address_of "$name")" ] || return 0
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
  local -A running=()
  shift
  for name in "$@"; do
    pid=$(pid_of "$name") || continue
    running[$name]=$pid
    kill -TERM -- "-$pid" 2>/dev/null || true
    kill -CONT -- "-$pid" 2>/dev/null || true
  done
  deadline=$((SECONDS + seconds))
  for name in "${!running[@]}"; do
    while is_group_alive "${running[$name]}"; do
      [ "$SECONDS" -lt "$deadline" ] || kill -KILL -- "-${running[$name]}" 2>/dev/null || true
      sleep 0.1
    done
  done
  for name in "$@"; do rm -f "$RUN/$name.pid"; done
}

stop_everything() {
  local names
  read -r -a names <<<"${SERVICES//$'\n'/ }"
  stop_services 3 "${names[@]:3}"
  stop_services 20 rabbit mysql
  stop_services 5 epmd
}
