#!/bin/bash
# Builds the control plane of Kubernetes 1.20 and kubectl from Debian's source package with Debian's Go:
# no binary package has a server. Some nine minutes on two cores, 3 GB of disk while it runs, 400 MB that stay. What
# is built already is left as it is. It reads the machine's own package sources and changes none. Sourced by up.sh.

commands='kube-apiserver kube-controller-manager kube-scheduler kubectl'
packages='golang-1.19-go golang-1.19-src etcd-server rsync make dpkg-dev curl openssl'

install_packages() {
  local missing=() name
  for name in $packages; do
    [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null)" = 'ii ' ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing ${missing[*]}"
  forbid_service_start
  retry_apt install --yes --no-install-recommends "${missing[@]}"
  allow_service_start
}

# etcd would start with the machine's own configuration while it is installed.
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
    if [ "$attempt" -gt 1 ] || ! apt-cache show etcd-server >/dev/null 2>&1; then
      # shellcheck disable=SC2086
      apt-get $options update >>"$LOG/apt.log" 2>&1 || sleep 10
    fi
    # shellcheck disable=SC2086
    apt-get $options "$@" >>"$LOG/apt.log" 2>&1 9>&- && return
  done
  tail -n 5 "$LOG/apt.log" >&2
  die "apt-get $1 failed four times, see $LOG/apt.log"
}

is_built() {
  local name
  for name in $commands; do [ -x "$BIN/$name" ] || return 1; done
}

build() {
  local name
  ! is_built || return 0
  rm -rf "$BUILD" && mkdir -p "$BUILD" "$BIN"
  fetch_source
  say 'compiling (about nine minutes, once)'
  (cd "$BUILD/source" && compile >"$LOG/build.log" 2>&1 9>&-) || {
    tail -n 10 "$LOG/build.log" >&2
    die "the build failed, see $LOG/build.log"
  }
  for name in $commands; do
    cp "$(find "$BUILD/source/_output" -type f -name "$name" | head -n 1)" "$BUILD/$name"
    mv "$BUILD/$name" "$BIN/$name"
  done
  chmod -R u+w "$BUILD" && rm -rf "$BUILD"
  say 'compiled'
}

# A private configuration of apt, with the machine's own sources as source-package lines.
fetch_source() {
  local apt=$BUILD/apt list=/dev/null parts=/dev/null file
  mkdir -p "$apt"/{lists/partial,cache/archives/partial,parts}
  if ls /etc/apt/sources.list.d/*.sources >/dev/null 2>&1; then
    parts=$apt/parts
    for file in /etc/apt/sources.list.d/*.sources; do
      sed 's/^Types:.*/Types: deb-src/' "$file" >"$parts/$(basename "$file")"
    done
  else
    list=$apt/sources.list
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >"$list"
  fi
  local options="-o Dir::Etc::sourcelist=$list -o Dir::Etc::sourceparts=$parts -o Dir::State::lists=$apt/lists
    -o Dir::Cache=$apt/cache -o APT::Sandbox::User=root -o Acquire::Retries=3"
  say 'fetching the source package'
  # shellcheck disable=SC2086
  {
    retry 4 apt-get $options update
    (cd "$BUILD" && retry 4 apt-get $options source --download-only kubernetes)
  } >>"$LOG/apt.log" 2>&1 9>&- || die "the source package cannot be fetched, see $LOG/apt.log"
  mkdir "$BUILD/source"
  tar xzf "$BUILD"/kubernetes_*.orig.tar.gz -C "$BUILD/source" --strip-components=1
}

retry() {
  local times=$1 attempt
  shift
  for ((attempt = 1; attempt <= times; attempt++)); do
    "$@" && return
    sleep $((attempt * 5))
  done
  return 1
}

# `go build -mod=vendor` fails (go.mod wants updates, generated files are missing): make in GOPATH mode does both.
compile() {
  cat >"$BUILD/version" <<VERSION
KUBE_GIT_COMMIT=debian
KUBE_GIT_TREE_STATE=archive
KUBE_GIT_VERSION=v1.20.2
KUBE_GIT_MAJOR=1
KUBE_GIT_MINOR=20
VERSION
  mend_map_iteration
  mkdir -p .go/src/k8s.io && ln -sfn ../../.. .go/src/k8s.io/kubernetes
  export PATH=/usr/lib/go-1.19/bin:$PATH CGO_ENABLED=0 HOME=$BUILD/home GOCACHE=$BUILD/gocache GOPROXY=off
  export GOSUMDB=off GOFLAGS=-p=2 KUBE_GIT_VERSION_FILE=$BUILD/version GOLDFLAGS='-s -w' KUBE_STATIC_OVERRIDES=''
  export GOPATH=$PWD/.go
  mkdir -p "$HOME"
  nice -n 10 make WHAT="${commands//kube/cmd/kube}"
}

# The reflection library of that time reads maps in a way that ended with Go 1.18: the server crashes at the first
# custom resource. This is how the library itself mended it in its version 1.0.2.
mend_map_iteration() {
  local folder=vendor/github.com/modern-go/reflect2
  sed -i '/^func mapiterinit(/,/^$/d; /go:linkname mapiterinit/d' "$folder/type_map.go" "$folder/unsafe_link.go"
  sed -i '/^type hiter struct/,/^}/d' "$folder/unsafe_link.go"
  sed -i 's/^func (type2 \*UnsafeMapType) UnsafeIterate(obj unsafe.Pointer) MapIterator {/&\n\tvar it hiter\n\tmapiterinit(type2.rtype, *(*unsafe.Pointer)(obj), \&it)/
    s/mapiterinit(type2.rtype, \*(\*unsafe.Pointer)(obj)),/\&it,/' "$folder/unsafe_map.go"
  cat >"$folder/map_iteration.go" <<'GO'
package reflect2

import "unsafe"

//go:noescape
//go:linkname mapiterinit reflect.mapiterinit
func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer, it *hiter)

type hiter struct {
	key         unsafe.Pointer
	value       unsafe.Pointer
	t           unsafe.Pointer
	h           unsafe.Pointer
	buckets     unsafe.Pointer
	bptr        unsafe.Pointer
	overflow    *[]unsafe.Pointer
	oldoverflow *[]unsafe.Pointer
	startBucket uintptr
	offset      uint8
	wrapped     bool
	B           uint8
	i           uint8
	bucket      uintptr
	checkBucket uintptr
}
GO
}
