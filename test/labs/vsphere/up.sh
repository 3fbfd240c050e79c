#!/bin/bash
# Builds the simulator of a vCenter from Debian's own package of govmomi and the program beside this file; some 20 s the
# first time. It starts nothing; vcsim.ts does. Ends with 69 when this machine cannot run it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
BASE=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}/vsphere
packages='golang-1.19-go golang-1.19-src golang-github-vmware-govmomi-dev golang-github-google-uuid-dev'
export DEBIAN_FRONTEND=noninteractive

impossible() {
  echo "cannot run here because $*" >&2
  exit 69
}

retry() {
  local attempt
  for attempt in 1 2 3 4; do
    "$@" && return
    sleep $((attempt * 3))
  done
  echo "vsphere lab: $* failed four times" >&2
  return 1
}

main() {
  mkdir -p "$BASE"
  exec 9>"$BASE/lock"
  flock 9
  # The program is part of the recipe: another one is built anew.
  cmp -s "$here/main.go" "$BASE/go/main/main.go" && [ -x "$BASE/vcsim" ] && return
  [ "$(id -u)" = 0 ] || impossible 'the lab installs packages, which needs root'
  command -v apt-get >/dev/null || impossible 'the lab is made from the packages of Debian'
  install_packages
  build
}

install_packages() {
  local name missing=()
  for name in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = 'ii ' ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  apt-cache show "${missing[@]}" >/dev/null 2>&1 ||
    retry apt-get -o DPkg::Lock::Timeout=120 update >/dev/null
  apt-cache show "${missing[@]}" >/dev/null 2>&1 || impossible "Debian here has no ${missing[*]}"
  echo "installing ${missing[*]}"
  retry apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}" >/dev/null
}

build() {
  echo 'building the simulator'
  mkdir -p "$BASE/go/main"
  ln -sfn /usr/share/gocode/src "$BASE/go/src"
  cp "$here/main.go" "$BASE/go/main/main.go.new"
  mv "$BASE/go/main/main.go.new" "$BASE/go/main/main.go"
  if ! (cd "$BASE/go/main" && PATH=/usr/lib/go-1.19/bin:$PATH GO111MODULE=off GOPATH=$BASE/go \
    GOCACHE=$BASE/go/cache nice go build -o "$BASE/vcsim.new" .); then
    rm -f "$BASE/go/main/main.go"
    return 1
  fi
  mv "$BASE/vcsim.new" "$BASE/vcsim"
}

main
