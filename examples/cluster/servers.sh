# shellcheck shell=bash
# Sourced by etcd.sh and patroni.sh: servers on loopback that live in $folder, where each has a
# log and a file with its process id. What a script of these can do is what it defines as do_<verb>.

# run_verb <verb> <folder>
run_verb() {
    local verb=$1
    if (($# != 2)) || ! declare -F "do_$verb" >/dev/null; then
        echo "usage: $0 VERB FOLDER, where VERB is one of:$(declare -F | sed -n 's/^declare -f do_/ /p' | tr -d '\n')" >&2
        return 2
    fi
    mkdir -p "$2"
    folder=$(realpath -- "$2")
    "do_$verb"
}

# serve: starts all, then obeys verbs on standard input, one a line, each answered by a line; stops
# all at the end of the input. Whoever holds the other end need not clean up.
do_serve() {
    trap 'do_stop >/dev/null' EXIT
    do_start
    local verb
    while read -r verb; do
        "do_$verb"
    done
}

# free_ports <count>: ports on which nobody listens, below those that outgoing connections take.
free_ports() {
    local -A taken=()
    local port
    while ((${#taken[@]} < $1)); do
        port=$((20000 + RANDOM % 10000))
        [[ -z ${taken[$port]-} ]] || continue
        if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            taken[$port]=yes
            echo "$port"
        fi
    done
}

# ports <count>: those of this folder, the same ones every time.
ports() {
    [[ -f $folder/ports ]] || free_ports "$1" >"$folder/ports"
    cat "$folder/ports"
}

# launch <name> <command>…: the command's own words must have $folder in them, see is_running.
launch() {
    local name=$1
    shift
    "$@" </dev/null >>"$folder/$name.log" 2>&1 &
    echo $! >"$folder/$name.pid"
    disown  # the shell is not to tell of its death
}

# is_running <name>: also a process of another kind may have got its id since.
is_running() {
    local pid
    pid=$(cat "$folder/$1.pid" 2>/dev/null) &&
        tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$folder/"
}

# stop_server <name> <seconds>: asks it to end, and ends it when it has not by then.
stop_server() {
    is_running "$1" || return 0
    kill "$(<"$folder/$1.pid")"
    if ! await "$2" not is_running "$1" 2>/dev/null; then
        kill -KILL "$(<"$folder/$1.pid")"
    fi
}

not() { ! "$@"; }

# await <seconds> <command>…: until it succeeds.
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        if ((SECONDS >= end)); then
            echo "$0: waited in vain: $*" >&2
            return 1
        fi
        sleep 0.1
    done
}
