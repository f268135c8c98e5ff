#!/usr/bin/env bash
# The commands of every day. Each works as the first one on a bare Debian 12: it installs what
# it needs, and builds no more than that.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null
source cmake/packages.sh

library_packages=(g++ cmake ninja-build libboost1.81-dev libsqlite3-dev libssl-dev)
server_packages=(etcd-client etcd-server curl libcurl4-openssl-dev libpq-dev openssl patroni postgresql-15 procps)
journey=(build/demo/examples/journey examples/journey/fabrikam.jsonl build/demo/fabrikam.db)

usage() {
    cat >&2 <<'TEXT'
usage: cmake/dev.sh demo            one offer sold and seated, run on build/demo/fabrikam.db
       cmake/dev.sh test [PRESET [FLOOR…]]
                                    every test: gcc (default), clang, sanitize, tsan or release;
                                    or those of words, model, store, formats, engine, threads,
                                    operations, capi
       cmake/dev.sh histories [N [PRESET]]
                                    so many random histories of seats and licences: 10000, release
       cmake/dev.sh bench [NAME]    every figure or one, also written to build/bench.json;
                                    cluster: those of PostgreSQL, on three nodes under Patroni;
                                    ffi: what a check costs from each of eight languages
       cmake/dev.sh fuzz [TARGET [SECONDS]]
                                    any bytes for offer, plan_definition, plan_mapping, ingestion
                                    and arguments, or one of them; 60 seconds each
TEXT
    exit 2
}

# Runs a command, silent unless it fails.
quietly() {
    local output
    output=$("$@" 2>&1) || { printf '%s\n' "$output" >&2; return 1; }
}

configure() {
    echo "configuring build/$1"
    quietly cmake --preset "$@"
}

build() {
    echo "building build/$1"
    local progress=()
    [[ -t 1 ]] || progress=(--quiet)
    ninja -C "build/$1" "${progress[@]}" "${@:2}"
}

demo() {
    need "${library_packages[@]}"
    [[ -f build/demo/build.ninja ]] || configure demo
    build demo journey
    "${journey[@]}"
}

run_tests() {
    local preset=$1 floors=("${@:2}") chosen=()
    ((${#floors[@]} == 0)) || chosen=(--tests-regex "^($(IFS='|'; echo "${floors[*]}")):")
    need "${library_packages[@]}" "${server_packages[@]}" doctest-dev dpkg-dev libcli11-dev pkg-config \
        postgresql-client sqlite3
    { command -v node && command -v npm; } >/dev/null || need nodejs npm
    case $preset in clang | sanitize | tsan) need clang libclang-rt-14-dev lld llvm ;; esac
    configure "$preset" -DLICET_BUILD_TESTS=ON
    build "$preset" "${floors[@]/%/_tests}"
    echo "testing build/$preset"
    ctest --preset "$preset" "${chosen[@]}" --parallel "$(nproc)" | grep -Ev '^ +Start +[0-9]+: | Passed +[0-9.]+ sec$'
}

# A share of them for each processor. A failing one names its seed.
histories() {
    local count=$1 preset=$2 settings=() shares first=${LICET_SEED-20260522} share pids=() pid
    shares=$(nproc)
    need "${library_packages[@]}" doctest-dev
    [[ $preset != release ]] || settings=(-DLICET_BUILD_BENCH=OFF -DLICET_WERROR=OFF)
    configure "$preset" -DLICET_BUILD_TESTS=ON "${settings[@]}"
    build "$preset" history_tests
    for ((share = 0; share < shares; ++share)); do
        LICET_SEED=$((first + count * share / shares)) \
        LICET_HISTORIES=$((count * (share + 1) / shares - count * share / shares)) \
            "build/$preset/tests/model/history_tests" --test-case='whatever happens*' &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid"; done
}

build_bench() {
    need "${library_packages[@]}" libbenchmark-dev libcli11-dev libcurl4-openssl-dev libpq-dev postgresql valgrind
    configure release -DLICET_BUILD_BENCH=ON -DLICET_BUILD_TESTS=OFF -DLICET_WERROR=OFF
    build release licet_bench
}

bench() {
    build_bench
    tests/postgres/run.sh debian build/release \
        build/release/bench/licet_bench --json build/bench.json "$@"
}

bench_on_cluster() {
    local config
    need "${server_packages[@]}"
    build_bench
    cluster=$(mktemp -d)
    trap 'examples/cluster/patroni.sh stop "$cluster"; rm -r "$cluster"' EXIT
    config=$(examples/cluster/patroni.sh start "$cluster" | tail -n 1)
    LICET_POSTGRES_URI=$(sed -E 's/.*"uri":"([^"]*)".*/\1/' <<<"$config") \
        build/release/bench/licet_bench --json build/bench_cluster.json "$@" cluster
}

# A check from a language may cost 1.3 times an empty call from it, and what it costs from C++.
bench_ffi() {
    local language cpp
    build_bench
    build/release/bench/licet_bench --json build/bench_check.json 'licet_check costs'
    cpp=$(sed -n 's/.*"against":\([0-9.]*\).*/\1/p' build/bench_check.json)
    for language in c csharp go java lua node python rust; do
        LICET_INSTALL=1 examples/ffi/run.sh "$language" build/release bench | tail -n 1
    done | tr -d ' "{}' | awk -F '[:,]' -v cpp="$cpp" '
        BEGIN {
            format = "%-8s %9s %9s %9s %9s %s\n"
            printf format, "from", "check ns", "empty ns", "C++ ns", "limit ns", ""
        }
        {
            limit = 1.3 * $6 + cpp
            ok = $4 <= limit
            printf format, $2, $4, $6, cpp, sprintf("%.1f", limit), ok ? "ok" : "short"
            json = json (json ? ",\n " : "[") sprintf("{\"name\":\"ns of licet_check from %s\"," \
                "\"ratio\":%s,\"limit\":%.1f,\"empty\":%s,\"ok\":%s}", $2, $4, limit, $6, ok ? "true" : "false")
        }
        END { print json "]" >"build/bench_ffi.json" }'
}

# fuzz_one <target> <seconds>: what is found is kept in build/fuzz/findings, and the corpus grows
# in build/fuzz/corpus.
fuzz_one() {
    local grown=build/fuzz/corpus/$1
    build fuzz "fuzz_$1"
    mkdir -p "$grown" build/fuzz/findings
    echo "fuzzing $1 for $2 s"
    "build/fuzz/tests/fuzz/fuzz_$1" -max_total_time="$2" -timeout=10 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/findings/$1-" "$grown" "tests/fuzz/corpus/$1"
}

fuzz() {
    local targets=(offer plan_definition plan_mapping ingestion arguments) target
    (($# == 0)) || targets=("$1")
    need "${library_packages[@]}" clang doctest-dev libclang-rt-14-dev llvm
    configure fuzz
    for target in "${targets[@]}"; do
        fuzz_one "$target" "${2-60}"
    done
}

if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=locale,pch_defines,time_macros  # the same wherever
fi
case "${1-}:$#" in
    demo:1) demo ;;
    test:1) run_tests gcc ;;
    test:*) run_tests "${@:2}" ;;
    fuzz:[123]) fuzz "${@:2}" ;;
    histories:[123]) histories "${2-10000}" "${3-release}" ;;
    bench:*)
        case ${2-} in
            cluster) bench_on_cluster "${@:3}" ;;
            ffi) bench_ffi ;;
            *) bench "${@:2}" ;;
        esac ;;
    *) usage ;;
esac
