#!/usr/bin/env bash
# A three-node etcd on loopback, in a folder of its own.
#   etcd.sh start|stop|config|kill_leader|revive|serve FOLDER
# With TLS=yes in the environment clients are served over TLS, and need a certificate of the folder's
# own authority; the nodes themselves talk without.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" >/dev/null && pwd)
source "$here/servers.sh"
source "$here/../../cmake/packages.sh"

nodes=(etcd1 etcd2 etcd3)

client_of() { echo "http${TLS:+s}://127.0.0.1:${port[$1]}"; }
peer_of() { echo "http://127.0.0.1:${port[$1 + 3]}"; }

endpoints() { printf '%s,%s,%s' "$(client_of 0)" "$(client_of 1)" "$(client_of 2)"; }

read_ports() { mapfile -t port < <(ports 6); }

# etcdctl's own variables would be mistaken for ours.
ask() {
    local tls=()
    [[ -z ${TLS-} ]] || tls=(--cacert "$folder/ca.pem" --cert "$folder/licet.pem" --key "$folder/licet.key")
    env -u ETCDCTL_ENDPOINTS ETCDCTL_API=3 etcdctl --endpoints "$(endpoints)" "${tls[@]}" --command-timeout 5s "$@"
}

# One certificate for all: etcd's gateway is a client of its own node.
make_certificates() {
    [[ ! -f $folder/licet.pem ]] || return 0
    local new=(openssl req -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1)
    (
        umask 077
        "${new[@]}" -x509 -days 365 -subj /CN=authority -keyout "$folder/ca.key" -out "$folder/ca.pem"
        "${new[@]}" -subj /CN=licet -keyout "$folder/licet.key" -out "$folder/licet.csr"
        openssl x509 -req -days 365 -in "$folder/licet.csr" -out "$folder/licet.pem" \
            -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial \
            -extfile <(printf 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n')
    ) 2>>"$folder/openssl.log"
}

launch_node() {
    local name=${nodes[$1]} cluster=() tls=()
    [[ -z ${TLS-} ]] ||
        tls=(--client-cert-auth --trusted-ca-file "$folder/ca.pem" --cert-file "$folder/licet.pem" --key-file "$folder/licet.key")
    for i in 0 1 2; do cluster+=("${nodes[i]}=$(peer_of "$i")"); done
    launch "$name" setsid etcd --name "$name" --data-dir "$folder/$name" \
        --listen-client-urls "$(client_of "$1")" --advertise-client-urls "$(client_of "$1")" \
        --listen-peer-urls "$(peer_of "$1")" --initial-advertise-peer-urls "$(peer_of "$1")" \
        --initial-cluster "$(IFS=,; echo "${cluster[*]}")" --initial-cluster-token "$folder" "${tls[@]}" \
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
    need etcd-server etcd-client openssl
    [[ -z ${TLS-} ]] || make_certificates
    do_revive
}

do_stop() {
    for name in "${nodes[@]}"; do stop_server "$name" 10; done
}

# config: what opens an engine on it.
do_config() {
    read_ports
    local files=''
    [[ -z ${TLS-} ]] ||
        printf -v files ',"tls":{"ca_file":"%s/ca.pem","cert_file":"%s/licet.pem","key_file":"%s/licet.key"}' "$folder"{,,}
    printf '{"store":"etcd","endpoints":["%s"]%s}\n' "$(endpoints | sed 's/,/","/g')" "$files"
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
