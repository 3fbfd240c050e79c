#!/bin/bash
# Starts a private sshd and snmpd from Debian's packages on loopback, with keys, users and communities of their own: a
# server and a device of one's own for tests. It needs root; the machine's own sshd and snmpd are never touched. What
# runs already is left as it is. Called by onPremLab.ts; ends with 0 when usable, 69 when this machine cannot run it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
. ./settings.sh

packages='openssh-server openssh-client snmpd snmp'

main() {
  [ "$(id -u)" = 0 ] || impossible 'the lab installs packages and lets a user sign in, which needs root'
  command -v dpkg-query > /dev/null || impossible "the lab is made from Debian's packages"
  take_lock
  mkdir -p "$BASE"
  chmod 700 "$BASE"
  install_packages
  make_keys
  start_sshd
  start_snmpd
  say "usable; ssh on $SSH_PORT, snmp on $SNMP_PORT"
}

install_packages() {
  local missing
  missing=$(for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q 'install ok installed' || echo "$package"
  done)
  [ -n "$missing" ] || return 0
  say "installing $(echo $missing) …"
  export DEBIAN_FRONTEND=noninteractive
  # The packages would start services of the machine; this lab wants only the programs.
  local policy=/usr/sbin/policy-rc.d made=
  [ -e "$policy" ] || { printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && made=1; }
  { apt-get install -y --no-install-recommends $missing > "$BASE/apt.log" 2>&1 ||
    { apt-get update > "$BASE/apt.log" 2>&1 && apt-get install -y --no-install-recommends $missing >> "$BASE/apt.log" 2>&1; }; } ||
    { [ -z "$made" ] || rm -f "$policy"; impossible "the packages cannot be installed: $(tail -n 1 "$BASE/apt.log")"; }
  [ -z "$made" ] || rm -f "$policy"
}

make_keys() {
  local key
  for key in host_key user_key locked_key stranger_key; do
    local phrase=''
    [ $key = locked_key ] && phrase=open-sesame
    [ -e "$BASE/$key" ] || ssh-keygen -q -t ed25519 -N "$phrase" -C lab -f "$BASE/$key"
  done
  cat "$BASE/user_key.pub" "$BASE/locked_key.pub" > "$BASE/authorized_keys"
  printf '[127.0.0.1]:%s %s\n' "$SSH_PORT" "$(cut -d' ' -f1,2 "$BASE/host_key.pub")" > "$BASE/known_hosts"
}

start_sshd() {
  ssh-keyscan -T 2 -p "$SSH_PORT" 127.0.0.1 2> /dev/null | grep -q ed25519 && return
  stop_service sshd
  mkdir -p /run/sshd
  cat > "$BASE/sshd_config" << END
ListenAddress 127.0.0.1:$SSH_PORT
HostKey $BASE/host_key
PidFile $BASE/sshd.pid
AuthorizedKeysFile $BASE/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
END
  /usr/sbin/sshd -f "$BASE/sshd_config" -E "$BASE/sshd.log" 9>&- || die "sshd does not start, see $BASE/sshd.log"
  for _ in $(seq 50); do
    ssh-keyscan -T 2 -p "$SSH_PORT" 127.0.0.1 2> /dev/null | grep -q ed25519 && return
    sleep 0.1
  done
  die "sshd does not answer, see $BASE/sshd.log"
}

is_snmpd_answering() {
  snmpget -v2c -c lab-public -t 1 -r 0 "127.0.0.1:$SNMP_PORT" 1.3.6.1.2.1.1.5.0 > /dev/null 2>&1
}

start_snmpd() {
  is_snmpd_answering && return
  stop_service snmpd
  mkdir -p "$BASE/snmp"
  cat > "$BASE/snmpd.conf" << END
agentaddress udp:127.0.0.1:$SNMP_PORT
rocommunity lab-public 127.0.0.1
sysName core-switch
sysLocation rack 7
sysContact ops
createUser labuser SHA lab-auth-pass AES lab-priv-pass
rouser labuser authpriv
END
  chmod 600 "$BASE/snmpd.conf"
  SNMP_PERSISTENT_DIR="$BASE/snmp" /usr/sbin/snmpd -C -c "$BASE/snmpd.conf" -Lf "$BASE/snmpd.log" -p "$BASE/snmpd.pid" \
    9>&- || die "snmpd does not start, see $BASE/snmpd.log"
  for _ in $(seq 50); do
    is_snmpd_answering && return
    sleep 0.1
  done
  die "snmpd does not answer, see $BASE/snmpd.log"
}

main
