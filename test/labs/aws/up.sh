#!/bin/bash
# Brings moto (the usual emulator of AWS, a real HTTP endpoint) from the packages of Debian: its dependencies are
# installed, moto itself with the botocore it fits comes from the suite sid and is unpacked beside the system. What is
# there already is left as it is. It starts nothing; awsLab.ts does. Ends with 69 when this machine cannot run it.
set -euo pipefail
BASE=${PILOTHOUSE_LABS_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/pilothouse-labs}/aws
ROOT=$BASE/root
installed='python3-boto3 python3-flask python3-flask-cors python3-werkzeug python3-xmltodict python3-cryptography
python3-jinja2 python3-requests python3-dateutil python3-yaml python3-docker'
unpacked='python3-moto python3-boto3 python3-botocore python3-jmespath python3-responses python3-s3transfer
python3-antlr4'
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
  echo "aws lab: $* failed four times" >&2
  return 1
}

main() {
  # The version of the recipe stands in the name, so that another recipe makes it anew.
  [ -e "$BASE/.unpacked-1" ] && return
  [ "$(id -u)" = 0 ] || impossible 'the lab installs packages, which needs root'
  command -v apt-get >/dev/null || impossible 'the lab is made from the packages of Debian'
  mkdir -p "$BASE"
  exec 9>"$BASE/lock"
  flock 9
  [ -e "$BASE/.unpacked-1" ] && return
  install_dependencies
  unpack_moto
  touch "$BASE/.unpacked-1"
}

install_dependencies() {
  local name missing=()
  for name in $installed; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = 'ii ' ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing ${missing[*]}"
  retry apt-get -o DPkg::Lock::Timeout=120 update >/dev/null
  retry apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${missing[@]}" >/dev/null
}

# The machine's own mirror, suite sid, in a private configuration of apt: the system's lists stay as they are.
unpack_moto() {
  local mirror key file apt
  echo 'unpacking moto'
  mkdir -p "$BASE"/apt/lists/partial "$BASE"/apt/cache "$BASE"/debs
  rm -rf "$ROOT" && mkdir -p "$ROOT"
  mirror=$( (cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list /etc/apt/sources.list 2>/dev/null || true) |
    sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\) .*/\2/p' | grep -v security | sed -n 1p)
  [ -n "$mirror" ] || impossible 'apt has no source of packages'
  key=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -e "$key" ] || impossible 'the keys of Debian are not installed'
  echo "deb [signed-by=$key] $mirror sid main" >"$BASE/apt/sources.list"
  apt=(apt-get -o Dir::Etc::sourcelist="$BASE/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$BASE/apt/lists" -o Dir::Cache="$BASE/apt/cache" -o APT::Sandbox::User=root)
  retry "${apt[@]}" update >/dev/null
  # shellcheck disable=SC2086
  (cd "$BASE/debs" && retry "${apt[@]}" download $unpacked >/dev/null)
  for file in "$BASE"/debs/*.deb; do dpkg-deb -x "$file" "$ROOT"; done
  rm -rf "$BASE/apt" "$BASE/debs"
}

main
