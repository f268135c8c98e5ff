#!/usr/bin/env bash
# The commands of every day. Each works as the first one on a bare Debian 12: it installs what
# it needs, and builds no more than that.
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null
source cmake/packages.sh

library_packages=(g++ cmake ninja-build libboost1.81-dev libsqlite3-dev libssl-dev)
server_packages=(etcd-client etcd-server curl libcurl4-openssl-dev libpq-dev patroni postgresql-15 procps)
journey=(build/demo/examples/journey examples/journey/fabrikam.jsonl build/demo/fabrikam.db)

usage() {
    cat >&2 <<'TEXT'
usage: cmake/dev.sh demo            one offer sold and seated, run on build/demo/fabrikam.db
       cmake/dev.sh test [PRESET]   every test: gcc (default), clang, sanitize, tsan or release
       cmake/dev.sh bench [NAME]    every figure or one, also written to build/bench.json
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
    local preset=$1
    need "${library_packages[@]}" "${server_packages[@]}" doctest-dev dpkg-dev libcli11-dev pkg-config \
        postgresql-client sqlite3
    { command -v node && command -v npm; } >/dev/null || need nodejs npm
    case $preset in clang | sanitize | tsan) need clang libclang-rt-14-dev llvm ;; esac
    configure "$preset" -DLICET_BUILD_TESTS=ON
    build "$preset"
    echo "testing build/$preset"
    ctest --preset "$preset" --parallel "$(nproc)" | grep -Ev '^ +Start +[0-9]+: | Passed +[0-9.]+ sec$'
}

bench() {
    need "${library_packages[@]}" libbenchmark-dev libpq-dev postgresql
    configure release -DLICET_BUILD_BENCH=ON -DLICET_BUILD_TESTS=OFF -DLICET_WERROR=OFF
    build release licet_bench
    tests/postgres/run.sh debian build/release \
        build/release/bench/licet_bench --json build/bench.json "$@"
}

if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
case "${1-}:$#" in
    demo:1) demo ;;
    test:[12]) run_tests "${2-gcc}" ;;
    bench:*) bench "${@:2}" ;;
    *) usage ;;
esac
