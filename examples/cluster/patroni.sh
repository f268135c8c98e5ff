#!/usr/bin/env bash
# Three nodes of PostgreSQL 15 under Patroni, and the three-node etcd in which they agree who leads,
# on loopback, in a folder of their own.
#   patroni.sh start|stop|config|kill_leader|revive|hold|serve FOLDER
# With REPLICATION=async in the environment the nodes replicate asynchronously.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" >/dev/null && pwd)
source "$here/servers.sh"
source "$here/../../cmake/packages.sh"

unset TLS  # the etcd here is for Patroni only
nodes=(node1 node2 node3)
programs=/usr/lib/postgresql/15/bin

# PostgreSQL does not run as root.
become_owner() {
    if ((EUID == 0)); then
        exec setsid setpriv --reuid=postgres --regid=postgres --init-groups env HOME="$folder" "$@"
    fi
    exec setsid "$@"
}

read_ports() { mapfile -t port < <(ports 6); }
sql_port() { echo "${port[$1]}"; }
rest_of() { echo "127.0.0.1:${port[$1 + 3]}"; }

password() { cat "$folder/password"; }

hosts() { printf '127.0.0.1:%s,127.0.0.1:%s,127.0.0.1:%s' "${port[@]:0:3}"; }

# Where libpq finds the password: it stands in no command and in no URI.
write_passwords() {
    (
        umask 077
        [[ -f $folder/password ]] || head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$folder/password"
        echo "127.0.0.1:*:*:*:$(password)" >"$folder/pgpass"
    )
    if ((EUID == 0)); then
        chown postgres "$folder" "$folder/password" "$folder/pgpass"
    fi
}

# Patroni's own limits are ttl >= loop_wait + 2 * retry_timeout; a dead primary is replaced when
# the ttl is over.
write_configuration() {
    local i=$1 synchronous=true
    [[ ${REPLICATION-sync} == async ]] && synchronous=false
    cat <<YAML
scope: licet
name: ${nodes[i]}
restapi: {listen: "$(rest_of "$i")", connect_address: "$(rest_of "$i")"}
etcd3: {hosts: "$("$here/etcd.sh" config "$folder/etcd" | grep -o '127[^"]*' | paste -sd,)"}
bootstrap:
  dcs:
    ttl: 10
    loop_wait: 1
    retry_timeout: 3
    maximum_lag_on_failover: 104857600
    synchronous_mode: $synchronous
    synchronous_mode_strict: $synchronous
    postgresql:
      use_pg_rewind: true
      parameters: {max_connections: 60, shared_buffers: 32MB, wal_keep_size: 128MB}
  initdb: [encoding: UTF8, locale: C, data-checksums]
postgresql:
  listen: 127.0.0.1:$(sql_port "$i")
  connect_address: 127.0.0.1:$(sql_port "$i")
  data_dir: $folder/${nodes[i]}
  bin_dir: $programs
  pgpass: $folder/${nodes[i]}.pgpass
  authentication:
    superuser: {username: postgres, password: "$(password)"}
    replication: {username: replicator, password: "$(password)"}
    rewind: {username: rewinder, password: "$(password)"}
  parameters: {unix_socket_directories: ""}
  pg_hba:
    - host all all 127.0.0.1/32 scram-sha-256
    - host replication replicator 127.0.0.1/32 scram-sha-256
  remove_data_directory_on_rewind_failure: true
  remove_data_directory_on_diverged_timelines: true
YAML
}

launch_node() {
    local name=${nodes[$1]}
    (umask 077 && write_configuration "$1" >"$folder/$name.yml")
    if ((EUID == 0)); then chown postgres "$folder/$name.yml"; fi
    launch "$name" become_owner patroni "$folder/$name.yml"
}

# answers <node> <path>: whether Patroni says that the node is what the path says.
answers() { curl --silent --fail --max-time 2 --output /dev/null "http://$(rest_of "$1")/$2"; }

# count_of <path>: how many nodes are that.
count_of() {
    local count=0 i
    for i in 0 1 2; do
        if answers "$i" "$1"; then count=$((count + 1)); fi
    done
    echo "$count"
}

leader() {
    local i
    for i in 0 1 2; do
        if answers "$i" primary; then echo "$i"; return 0; fi
    done
    echo "no primary" >&2
    return 1
}

agreed() {
    ETCDCTL_API=3 etcdctl --endpoints "$("$here/etcd.sh" config "$folder/etcd" | grep -o 'http:[^"]*' | paste -sd,)" \
        get --print-value-only "$1"
}

# What the cluster has agreed on: only a standby that is named there takes over from that leader.
has_synchronous_standby() {
    local i
    i=$(leader 2>/dev/null) &&
        agreed /service/licet/sync | grep -q "\"leader\":\"${nodes[i]}\",\"sync_standby\":\"node"
}

# psql_of <node> <database> <argument>…
psql_of() {
    PGPASSFILE=$folder/pgpass "$programs/psql" --no-psqlrc --quiet --tuples-only --no-align \
        --set ON_ERROR_STOP=1 "host=127.0.0.1 port=$(sql_port "$1") user=postgres dbname=$2" "${@:3}"
}

psql_of_leader() { psql_of "$(leader)" postgres "$@"; }

is_whole() {
    (($(count_of primary) == 1 && $(count_of replica) == 2)) || return 1
    psql_of_leader --command SELECT 2>/dev/null || return 1
    [[ ${REPLICATION-sync} == async ]] || has_synchronous_standby
}

# The role that is licet's, with no more rights than it needs.
make_database() {
    [[ -z $(psql_of_leader --command "SELECT 1 FROM pg_roles WHERE rolname = 'licet'") ]] || return 0
    psql_of_leader --file - <<SQL
CREATE ROLE licet LOGIN PASSWORD '$(password)';
CREATE DATABASE licet OWNER licet;
SQL
}

# libpq asks one host after the other, and takes for an answer that a standby has no such database.
is_database_everywhere() {
    local i
    for i in 0 1 2; do
        psql_of "$i" licet --command SELECT 2>/dev/null || return 1
    done
}

# revive: starts the nodes that do not run, and waits until all replicate.
do_revive() {
    read_ports
    local i
    for i in 0 1 2; do
        is_running "${nodes[i]}" || launch_node "$i"
    done
    await 120 is_whole
    do_config
}

do_start() {
    need postgresql-15 patroni curl procps
    "$here/etcd.sh" start "$folder/etcd" >/dev/null
    write_passwords
    do_revive >/dev/null
    make_database
    await 60 is_database_everywhere
    do_config
}

do_stop() {
    local name
    for name in "${nodes[@]}"; do stop_server "$name" 30; done
    "$here/etcd.sh" stop "$folder/etcd"
}

# config: what opens an engine on it.
do_config() {
    read_ports
    local allow_async=''
    [[ ${REPLICATION-sync} == async ]] && allow_async=',"allow_async":true'
    printf '{"store":"postgresql","uri":"postgresql://licet@%s/licet?passfile=%s"%s}\n' \
        "$(hosts)" "$folder/pgpass" "$allow_async"
}

postmaster_of() { head -n 1 "$folder/${nodes[$1]}/postmaster.pid"; }

# hold: from now on the primary sends nothing to the others, until it is killed.
do_hold() {
    read_ports
    pkill -STOP --parent "$(postmaster_of "$(leader)")" --full walsender
    echo held
}

# kill_leader: SIGKILL to Patroni, postgres and all that it has started. Says which it was.
do_kill_leader() {
    read_ports
    local i postmaster started
    i=$(leader)
    postmaster=$(postmaster_of "$i")
    mapfile -t started < <(pgrep --parent "$postmaster")
    kill -KILL "$(<"$folder/${nodes[i]}.pid")" "$postmaster" "${started[@]}" 2>/dev/null || true
    echo "${nodes[i]}"
}

run_verb "$@"
