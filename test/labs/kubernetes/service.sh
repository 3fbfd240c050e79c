#!/bin/bash
# Disturbs one service of a running lab: "service.sh stop|kill|freeze|thaw|start NAME".
#   stop    ends it politely           kill   ends it in the middle of whatever it does
#   freeze  keeps its port open and answers nothing         thaw   lets it go on
#   start   starts it again and waits until it answers
# Tests use it to see a cluster that stops answering half-way. It knows the services of services.sh and no other.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")" || exit 1
. ./settings.sh
. ./services.sh
verb=${1:-} name=${2:-}
is_service "$name" || die "no service is called '$name'; there are: $SERVICES"
require_root
take_lock
pid=$(pid_of "$name") || pid=
[ "$verb" = start ] || [ -n "$pid" ] || die "$name is not running"
case $verb in
  stop) stop_services 10 "$name" ;;
  kill)
    kill -KILL -- "-$pid"
    while pid_of "$name" >/dev/null; do sleep 0.05; done
    rm -f "$RUN/$name.pid"
    ;;
  freeze) kill -STOP -- "-$pid" ;;
  thaw) kill -CONT -- "-$pid" ;;
  start)
    start_service "$name"
    await_service "$name"
    ;;
  *) die "usage: service.sh stop|kill|freeze|thaw|start NAME" ;;
esac
