#!/bin/bash
# Starts a real podman from Debian's packages behind its Docker-compatible socket, with containers, images and state in
# a folder of its own, and one small image made from busybox. It needs root and runc; the machine's own containers and
# engine are never touched. What runs already is left as it is. Called by podmanLab.ts; ends with 0 when usable, 69
# when this machine cannot run it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh

packages='podman runc iptables busybox-static curl'

main() {
  [ "$(id -u)" = 0 ] || impossible 'the lab installs packages and starts containers, which needs root'
  command -v dpkg-query > /dev/null || impossible "the lab is made from Debian's packages"
  take_lock
  mkdir -p "$BASE" "$LOG"
  install_packages
  make_image
  start_service
  say "usable; DOCKER_HOST=unix://$SOCKET"
}

install_packages() {
  local missing
  missing=$(for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || echo "$package"
  done)
  [ -n "$missing" ] || return 0
  say "installing $(echo $missing) …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends $missing > "$LOG/apt.log" 2>&1 ||
    { apt-get update > "$LOG/apt.log" 2>&1 && apt-get install -y --no-install-recommends $missing >> "$LOG/apt.log" 2>&1; } ||
    impossible "podman cannot be installed: $(tail -n 1 "$LOG/apt.log")"
}

make_image() {
  podman image exists "$IMAGE" && return
  say 'making the image …'
  local tree=$BASE/image
  rm -rf "$tree"
  mkdir -p "$tree/bin" "$tree/tmp" "$tree/etc"
  cp "$(command -v busybox)" "$tree/bin/busybox"
  local applet
  for applet in sh sleep echo cat ls true false kill; do ln -s busybox "$tree/bin/$applet"; done
  tar -C "$tree" -cf "$BASE/image.tar" .
  podman import "$BASE/image.tar" "$IMAGE" > "$LOG/import.log" 2>&1 || die "the image could not be made, see $LOG/import.log"
  rm -rf "$tree" "$BASE/image.tar"
}

start_service() {
  is_answering && return
  stop_service
  # Descriptor 9 is the lock: whoever inherits it would hold it for good.
  setsid nohup "$PODMAN" --log-level=error "${OPTIONS[@]}" system service --time=0 "unix://$SOCKET" \
    > "$LOG/service.log" 2>&1 < /dev/null 9>&- &
  echo $! > "$PID"
  for _ in $(seq 100); do
    is_answering && return
    sleep 0.1
  done
  die "podman does not answer: $(tail -n 1 "$LOG/service.log")"
}

main
