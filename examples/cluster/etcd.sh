#!/usr/bin/env bash
# A three-node etcd on loopback, in a folder of its own.
#   etcd.sh start|stop|config|kill_leader|revive|serve FOLDER
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" >/dev/null && pwd)
source "$here/servers.sh"
source "$here/../../cmake/packages.sh"

nodes=(etcd1 etcd2 etcd3)

client_of() { echo "http://127.0.0.1:${port[$1]}"; }
peer_of() { echo "http://127.0.0.1:${port[$1 + 3]}"; }

endpoints() { printf '%s,%s,%s' "$(client_of 0)" "$(client_of 1)" "$(client_of 2)"; }

read_ports() { mapfile -t port < <(ports 6); }

# etcdctl's own variables would be mistaken for ours.
ask() { env -u ETCDCTL_ENDPOINTS ETCDCTL_API=3 etcdctl --endpoints "$(endpoints)" --command-timeout 5s "$@"; }

launch_node() {
    local name=${nodes[$1]} cluster=()
    for i in 0 1 2; do cluster+=("${nodes[i]}=$(peer_of "$i")"); done
    launch "$name" setsid etcd --name "$name" --data-dir "$folder/$name" \
        --listen-client-urls "$(client_of "$1")" --advertise-client-urls "$(client_of "$1")" \
        --listen-peer-urls "$(peer_of "$1")" --initial-advertise-peer-urls "$(peer_of "$1")" \
        --initial-cluster "$(IFS=,; echo "${cluster[*]}")" --initial-cluster-token "$folder" \
        --auto-compaction-retention 1h --logger zap --log-level warn
}

is_whole() { ask endpoint health >/dev/null 2>&1; }

# revive: starts the nodes that do not run, and waits until all are members of the cluster.
do_revive() {
    read_ports
    for i in 0 1 2; do
        is_running "${nodes[i]}" || launch_node "$i"
    done
    await 60 is_whole
    do_config
}

do_start() {
    need etcd-server etcd-client
    do_revive
}

do_stop() {
    for name in "${nodes[@]}"; do stop_server "$name" 10; done
}

# config: what opens an engine on it.
do_config() {
    read_ports
    printf '{"store":"etcd","endpoints":["%s"]}\n' "$(endpoints | sed 's/,/","/g')"
}

# kill_leader: SIGKILL. Says which it was.
do_kill_leader() {
    read_ports
    local leader i
    leader=$(ask endpoint status 2>/dev/null | awk -F ', ' '$5 == "true" { print $1 }')
    for i in 0 1 2; do
        if [[ $(client_of "$i") == "$leader" ]]; then
            kill -KILL "$(<"$folder/${nodes[i]}.pid")"
            echo "${nodes[i]}"
            return 0
        fi
    done
    echo "no leader" >&2
    return 1
}

run_verb "$@"
