#!/bin/bash
# Brings up a real OpenStack (Debian 12's packages, release Zed) on loopback: Keystone, Glance, Placement, Nova,
# Neutron, Cinder with MariaDB and RabbitMQ, without systemd. Every API is the real one; only the ends are not:
# a hypervisor, a network and a storage that live in memory (plugins/). What is installed, made or running
# already is left as it is, so it may be run again at any time and after any cut. It must never start or change
# a service of the machine itself. Called by openstackLab.ts; ends with 0 when the lab is usable, 69 when this
# machine cannot run it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh
. ./services.sh

packages='python3-keystone python3-glance python3-placement python3-nova python3-neutron python3-cinder
python3-pymysql python3-openstackclient mariadb-server rabbitmq-server uwsgi-core uwsgi-plugin-python3
curl zstd'
# Their paste files are wanted, the users and daemons their maintainer scripts make are not: unpacked, not installed.
unpacked='nova-common cinder-common neutron-common glance-common'

main() {
  require_root
  require_debian_12
  take_lock
  mkdir -p "$ETC/placement" "$VAR/lock" "$VAR/tmp" "$LOG" "$LIB" "$BIN" "$SHARE" "$GOLDEN" "$RUN"
  chmod 700 "$RUN"
  install_packages
  write_configuration
  forget_other_recipe
  restore_golden
  start_stores
  once migrated migrate
  once identity make_identity
  start_all
  once resources python3_step make_resources.py
  once mapped map_compute_hosts
  python3_step await_ready.py "$RUN" 150 || die "the services never became usable, see $LOG"
  save_golden
  say "usable; OS_CLIENT_CONFIG_FILE=$BASE/clouds.yaml"
}

require_debian_12() {
  local id='' version=''
  id=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") || true
  version=$(. /etc/os-release 2>/dev/null && echo "${VERSION_ID:-}") || true
  [ "$id $version" = 'debian 12' ] ||
    impossible "the lab is made from the packages of Debian 12, and this is ${id:-unknown} ${version:-}"
}

# Runs a command and remembers that it succeeded.
once() {
  local mark=$VAR/.$1
  [ -e "$mark" ] && return
  say "$1 …"
  "${@:2}"
  touch "$mark"
}

python3_step() {
  local step=$1
  shift
  OS_CLIENT_CONFIG_FILE=$BASE/clouds.yaml "$python" "$RECIPE/steps/$step" "$@"
}

# ------------------------------------------------------------------------------------------------ packages

install_packages() {
  local missing=() name
  for name in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = 'ii ' ] || missing+=("$name")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    say "installing ${missing[*]}"
    forbid_service_start
    retry_apt install --yes --no-install-recommends "${missing[@]}"
    allow_service_start
    say 'packages installed'
  fi
  if [ ! -e "$SHARE/.done" ]; then
    rm -rf "$SHARE" && mkdir -p "$SHARE/debs"
    # shellcheck disable=SC2086
    (cd "$SHARE/debs" && retry_apt -o APT::Sandbox::User=root download $unpacked)
    for name in "$SHARE"/debs/*.deb; do dpkg-deb -x "$name" "$SHARE"; done
    rm -r "$SHARE/debs"
    touch "$SHARE/.done"
  fi
}

# MariaDB and RabbitMQ would start with the machine's own configuration while they are installed.
forbid_service_start() {
  [ ! -e /usr/sbin/policy-rc.d ] || return 0
  trap allow_service_start EXIT
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  forbidden=1
}
allow_service_start() {
  [ -z "${forbidden:-}" ] || rm -f /usr/sbin/policy-rc.d
  forbidden=
}

# Mirrors fail now and then, and a fresh machine is often still busy with its own apt.
retry_apt() {
  local options='-o DPkg::Lock::Timeout=900 -o Acquire::Retries=3' attempt
  export DEBIAN_FRONTEND=noninteractive
  for attempt in 1 2 3 4; do
    [ "$attempt" = 1 ] || say "apt failed, attempt $attempt of 4 (see $LOG/apt.log)"
    # The first attempt goes without a refresh where the lists are there: that is the common case in a CI image.
    if [ "$attempt" -gt 1 ] || ! apt-cache show python3-nova >/dev/null 2>&1; then
      # shellcheck disable=SC2086
      apt-get $options update >>"$LOG/apt.log" 2>&1 || sleep 10
      dpkg --configure -a >>"$LOG/apt.log" 2>&1 || true
    fi
    # shellcheck disable=SC2086
    apt-get $options "$@" >>"$LOG/apt.log" 2>&1 9>&- && return
  done
  tail -n 5 "$LOG/apt.log" >&2
  die "apt-get $1 failed four times, see $LOG/apt.log"
}

# ------------------------------------------------------------------------------------------- configuration

write_configuration() {
  local name pairs=()
  export HOST REGION AUTH_URL BASE VAR LOG SHARE ADMIN_PASSWORD DEMO_PASSWORD SERVICE_PASSWORD
  export IDENTITY_PORT COMPUTE_PORT VOLUME_PORT PLACEMENT_PORT IMAGE_PORT NETWORK_PORT RABBIT_PORT SERIAL_PORT
  export MESSAGE_BUS=rabbit://guest:guest@$HOST:$RABBIT_PORT/
  export DATABASES=mysql+pymysql://root@localhost DATABASE_OPTIONS="charset=utf8&unix_socket=$RUN/mysql.sock"
  for name in "$RECIPE"/config/*; do pairs+=("$name" "$ETC/$(basename "$name")"); done
  "$python" "$RECIPE/steps/render.py" "${pairs[@]}"
  mv "$ETC/placement.conf" "$ETC/placement/placement.conf" # Placement takes a folder, not a file
  mv "$ETC/clouds.yaml" "$ETC/lab.json" "$BASE/"

  rm -rf "$LIB" && mkdir -p "$LIB/pilothouse_lab-1.dist-info"
  cp -r "$RECIPE/plugins/pilothouse_lab" "$LIB/"
  cp "$RECIPE/plugins/entry_points.txt" "$LIB/pilothouse_lab-1.dist-info/"
  printf 'Metadata-Version: 2.1\nName: pilothouse_lab\nVersion: 1\n' >"$LIB/pilothouse_lab-1.dist-info/METADATA"

  # What Debian's daemon packages would install.
  write_command glance-api glance.cmd.api
  write_command nova-api nova.cmd.api_os_compute
  write_command nova-conductor nova.cmd.conductor
  write_command nova-scheduler nova.cmd.scheduler
  write_command nova-serialproxy nova.cmd.serialproxy
  # A compute driver is looked up below nova.virt only.
  write_command nova-compute nova.cmd.compute \
    'import pilothouse_lab.servers; sys.modules["nova.virt.pilothouse_lab"] = pilothouse_lab.servers'
  write_command cinder-api cinder.cmd.api
  write_command cinder-scheduler cinder.cmd.scheduler
  write_command cinder-volume cinder.cmd.volume
  write_command nova-manage nova.cmd.manage
  write_command glance-manage glance.cmd.manage
  write_command neutron-db-manage neutron.db.migration.cli
  write_command cinder-manage cinder.cmd.manage
}

# write_command NAME MODULE [STATEMENT]: what pip would generate for an entry point.
write_command() {
  printf '#!%s\nimport sys\nfrom %s import main\nif __name__ == "__main__":\n    %s\n    sys.exit(main())\n' \
    "$python" "$2" "${3:-pass}" >"$BIN/$1"
  chmod 755 "$BIN/$1"
}

# ---------------------------------------------------------------------------------------------------- data

# Changes with the configuration, the steps and the packages: data made by another recipe is not taken over.
recipe_key() {
  {
    cat "$RECIPE"/config/* "$RECIPE"/steps/make_*.py
    echo "$BASE $SHIFT"
    dpkg-query -W -f '${Package} ${Version}\n' python3-keystone python3-nova python3-neutron python3-cinder \
      python3-glance python3-placement mariadb-server
  } | sha256sum | cut -c1-16
}

forget_other_recipe() {
  KEY=$(recipe_key)
  if [ -d "$VAR/mysql" ] && [ "$(cat "$VAR/.recipe" 2>/dev/null)" != "$KEY" ]; then
    say 'the data was made by another version of this recipe: starting afresh'
    stop_everything
    rm -rf "$VAR" && mkdir -p "$VAR/lock" "$VAR/tmp"
  fi
  mkdir -p "$VAR"/glance/{images,tasks,staging} "$VAR"/cinder/{volumes,conversion} "$VAR/nova/instances" \
    "$VAR"/rabbit/{mnesia,home} "$VAR/keystone" "$VAR/neutron"
}

restore_golden() {
  local golden=$GOLDEN/$KEY.tar.zst
  [ ! -d "$VAR/mysql" ] || return 0
  rm -f "$VAR"/.[a-z]*
  if [ -s "$golden" ]; then
    tar -C "$VAR" -I zstd -xf "$golden"
    say 'restored the golden snapshot'
  else
    # Made beside and renamed: a half-made data folder would be taken for a finished one.
    rm -rf "$VAR/mysql.new"
    mariadb-install-db --no-defaults --user=root --datadir="$VAR/mysql.new" --auth-root-authentication-method=normal \
      --skip-test-db >"$LOG/mysql-install.out" 2>&1 || die "mariadb-install-db failed, see $LOG/mysql-install.out"
    mv "$VAR/mysql.new" "$VAR/mysql"
  fi
  echo "$KEY" >"$VAR/.recipe"
}

save_golden() {
  local golden=$GOLDEN/$KEY.tar.zst
  [ ! -s "$golden" ] || return 0
  stop_services 30 mysql # a consistent copy needs the database at rest; the services reconnect
  tar -C "$VAR" -I 'zstd -3 -T2' -cf "$golden.new" \
    mysql keystone glance .migrated .identity .resources .mapped
  start_service mysql
  await_service mysql 60
  find "$GOLDEN" -type f ! -name "$KEY.*" -delete
  mv "$golden.new" "$golden"
  python3_step await_ready.py "$RUN" 60 || die "the services did not come back after the snapshot, see $LOG"
  say "saved the golden snapshot ($(du -h "$golden" | cut -f1))"
}

# ------------------------------------------------------------------------------------------------ services

start_stores() {
  start_service epmd
  await_service epmd 20
  start_service rabbit
  start_service mysql
  await_service mysql 60
}

migrate() {
  local nova="--config-file $ETC/nova.conf --config-file $ETC/nova-database.conf"
  local name job jobs=()
  for name in keystone placement glance neutron nova_api nova nova_cell0 cinder; do
    echo "CREATE DATABASE IF NOT EXISTS $name CHARACTER SET utf8mb3;"
  done | mariadb --no-defaults -S "$RUN/mysql.sock" -u root
  for name in keystone placement glance neutron nova cinder; do
    "migrate_$name" >>"$LOG/migrate-$name.out" 2>&1 &
    jobs+=("$name:$!")
  done
  for job in "${jobs[@]}"; do
    wait "${job#*:}" || {
      tail -n 8 "$LOG/migrate-${job%:*}.out" >&2
      die "the database of ${job%:*} could not be made, see $LOG/migrate-${job%:*}.out"
    }
  done
  say 'databases made'
}

migrate_keystone() {
  local config="--config-file $ETC/keystone.conf" keys='--keystone-user root --keystone-group root'
  # shellcheck disable=SC2086
  keystone-manage $config db_sync && keystone-manage $config fernet_setup $keys &&
    keystone-manage $config credential_setup $keys &&
    keystone-manage $config bootstrap --bootstrap-password "$ADMIN_PASSWORD" --bootstrap-region-id "$REGION" \
      --bootstrap-admin-url "$AUTH_URL" --bootstrap-internal-url "$AUTH_URL" --bootstrap-public-url "$AUTH_URL"
}
migrate_placement() { OS_PLACEMENT_CONFIG_DIR=$ETC/placement placement-manage --config-dir "$ETC/placement" db sync; }
migrate_glance() { "$BIN/glance-manage" --config-file "$ETC/glance-api.conf" db_sync; }
migrate_neutron() { "$BIN/neutron-db-manage" --config-file "$ETC/neutron.conf" upgrade heads; }
migrate_cinder() { "$BIN/cinder-manage" --config-file "$ETC/cinder.conf" db sync; }
migrate_nova() {
  local cell0="$DATABASES/nova_cell0?$DATABASE_OPTIONS"
  # shellcheck disable=SC2086
  "$BIN/nova-manage" $nova api_db sync &&
    "$BIN/nova-manage" $nova cell_v2 map_cell0 --database_connection "$cell0" &&
    { "$BIN/nova-manage" $nova cell_v2 list_cells | grep -q cell1 ||
      "$BIN/nova-manage" $nova cell_v2 create_cell --name cell1; } &&
    "$BIN/nova-manage" $nova db sync
}

make_identity() {
  start_service keystone
  await_service keystone 60
  python3_step make_identity.py
}

start_all() {
  local name
  await_service rabbit 60
  for name in $SERVICES; do
    [[ $name != nova-compute1 ]] || await_service nova-api
    start_service "$name"
  done
  for name in $SERVICES; do await_service "$name"; done
  say 'every API answers'
}

map_compute_hosts() {
  local deadline=$((SECONDS + 90))
  until [ "$(mariadb --no-defaults -S "$RUN/mysql.sock" -u root -N \
    -e 'SELECT COUNT(*) FROM nova.compute_nodes WHERE deleted = 0')" -ge 2 ]; do
    [ "$SECONDS" -lt "$deadline" ] || die "the compute hosts never reported, see $LOG/nova-c*.log"
    sleep 0.3
  done
  "$BIN/nova-manage" --config-file "$ETC/nova.conf" --config-file "$ETC/nova-database.conf" \
    cell_v2 discover_hosts >>"$LOG/discover.out" 2>&1 || die "the compute hosts could not be mapped, see $LOG/discover.out"
}

main
