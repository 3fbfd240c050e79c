#!/bin/bash
# Prometheus, Alertmanager and node-exporter out of Debian's packages, unpacked beside the system and started on
# loopback: nothing is installed, no service of the machine is touched. A second run finds the first one's work.
# Usage: up.sh FOLDER. Exit code 69: this machine can never run it, with the reason in the last line.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
root=$folder/packages
packages='prometheus prometheus-alertmanager prometheus-node-exporter'

impossible() { echo "cannot run here because $1" >&2; exit 69; }

unpack() {
  [ ! -e "$folder/unpacked" ] || return 0
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || impossible 'it needs the packages of Debian'
  echo 'downloading Prometheus, Alertmanager and node-exporter'
  rm -rf "$root" "$folder/debs"; mkdir -p "$root" "$folder/debs"
  local attempt
  for attempt in 1 2 3 4; do
    # Mirrors fail now and then, and a fresh machine has no lists of packages yet.
    if [ "$attempt" -gt 1 ] || ! apt-cache show prometheus >/dev/null 2>&1; then
      [ "$(id -u)" = 0 ] || impossible 'its package lists are empty and only root can fetch them'
      apt-get -o DPkg::Lock::Timeout=300 update >"$folder/apt.log" 2>&1 || sleep 10
    fi
    # shellcheck disable=SC2086
    (cd "$folder/debs" && apt-get -o APT::Sandbox::User=root download $packages >>"$folder/apt.log" 2>&1) && break
    [ "$attempt" != 4 ] || { tail -n 5 "$folder/apt.log" >&2; exit 1; }
  done
  local deb
  for deb in "$folder"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
  rm -rf "$folder/debs"
  touch "$folder/unpacked"
}

# Debian's Alertmanager looks for its templates in one place only.
templates() {
  local place=/usr/share/prometheus/alertmanager
  [ -e "$place/default.tmpl" ] || [ "$(id -u)" != 0 ] || { mkdir -p "$place"; cp "$root$place"/*.tmpl "$place/"; }
}

running() { [ -e "$folder/$1.pid" ] && kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null; }

start() {
  local name=$1; shift
  ! running "$name" || return 0
  # Not `cd … && …`: that would leave a shell behind which holds the output of this one open.
  (cd "$folder"; setsid nohup "$@" >"$folder/$name.log" 2>&1 </dev/null & echo $! >"$folder/$name.pid")
}

mkdir -p "$folder/textfiles" "$folder/disk"
unpack
templates
cp "$here"/config/*.yml "$folder/"
if ! running prometheus; then
  rm -rf "$folder/promdata"
  "${NODE:?}" --no-warnings "$here/history.ts" >"$folder/history.txt"
  "$root/usr/bin/promtool" tsdb create-blocks-from openmetrics "$folder/history.txt" "$folder/promdata" >"$folder/promtool.log" 2>&1
  rm -f "$folder/history.txt"
fi
start exporter "$root/usr/bin/prometheus-node-exporter" --web.listen-address=127.0.0.1:19100 \
  --collector.disable-defaults --collector.cpu --collector.meminfo --collector.filesystem --collector.loadavg \
  --collector.netdev --collector.diskstats --collector.uname --collector.textfile "--collector.textfile.directory=$folder/textfiles"
start alertmanager "$root/usr/bin/prometheus-alertmanager" --config.file=alertmanager.yml --storage.path=amdata \
  --web.listen-address=127.0.0.1:19093 --web.external-url=http://127.0.0.1:19093 --cluster.listen-address=
start prometheus "$root/usr/bin/prometheus" --config.file=prometheus.yml --storage.tsdb.path=promdata \
  --web.listen-address=127.0.0.1:19090 --web.external-url=http://127.0.0.1:19090 --web.enable-lifecycle --storage.tsdb.retention.time=15d
for _ in $(seq 300); do
  curl -sf http://127.0.0.1:19090/-/ready -o /dev/null && curl -sf http://127.0.0.1:19093/-/ready -o /dev/null &&
    curl -sf http://127.0.0.1:19100/metrics -o /dev/null && exit 0
  sleep .2
done
tail -n 5 "$folder"/prometheus.log "$folder"/alertmanager.log "$folder"/exporter.log >&2
exit 1
