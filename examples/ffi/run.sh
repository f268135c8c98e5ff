#!/usr/bin/env bash
# Builds the example of one language and runs it on the liblicet.so of a build folder.
#
#   examples/ffi/run.sh LANGUAGE BUILD_DIR          the journeys, a store, the errors
#   examples/ffi/run.sh LANGUAGE BUILD_DIR bench    what a check costs
#
# The tables must be those of the C++ journey, byte for byte. A missing toolchain is installed with
# LICET_INSTALL=1; else the language is skipped (77), or with CI=true fails.
#
# <language>/build.sh is sourced and gives three functions:
#   needs   what must be there: `tool COMMAND-OR-PATH PACKAGE...` for each
#   build   makes the program in $OUT from $HERE, with $INCLUDE, $LICET (the folder of liblicet.so)
#           and $EMPTY (that of libempty.so)
#   run     runs it: run journey|store|errors|bench SCENARIO; the loader finds both libraries
set -euo pipefail

[[ $# -eq 2 || ($# -eq 3 && $3 == bench) ]] || { sed -n '2,9s/^# \?//p' "$0" >&2; exit 2; }
language=$1 part=${3-tests}
build=$(cd -P -- "$2" && pwd)
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." >/dev/null
source cmake/packages.sh
scenarios=$PWD/examples/journey
HERE=$PWD/examples/ffi/$language INCLUDE=$PWD/capi/include
LICET=$(dirname -- "$(readlink -f -- "$build/liblicet.so")") EMPTY=$build/ffi OUT=$build/ffi/$language
[[ -f $HERE/build.sh ]] || { echo "no such language: $language" >&2; exit 2; }

tool() {
    if [[ -e $1 ]] || command -v "$1" >/dev/null; then
        return
    elif [[ ${LICET_INSTALL-} == 1 ]]; then
        need "${@:2}"
    elif [[ ${CI-} == true ]]; then
        echo "$language needs ${*:2}" >&2
        exit 1
    else
        echo "skipped: $language needs ${*:2}"
        exit 77
    fi
}

# The tables of what the C++ journey prints: the text said before each, its header, its rows.
tables() {
    awk '
        /^            [^ ]/ { printf "\n%s\n\n%s\n", said, $0; rows = 1; next }
        /^ / || !NF         { rows = 0 }
        rows                { print }
        NF                  { said = $0 }
    '
}

same_tables() {
    local part=$1 scenario=$2
    run "$part" "$scenarios/$scenario.jsonl" >"$OUT/$part-$scenario.txt"
    "$build/examples/journey" "$scenarios/$scenario.jsonl" | tables |
        diff --label C++ --label "$language" -u - "$OUT/$part-$scenario.txt"
    echo "$language: $part $scenario: same tables as C++"
}

every_status() {
    local name number=0
    run errors "$scenarios/unhappy_paths.jsonl" | tee "$OUT/errors.txt"
    for name in INVALID_ARGUMENT NOT_FOUND CONFLICT PERMISSION_DENIED FAILED_PRECONDITION \
        EXHAUSTED UNSUPPORTED STORAGE CONTENTION OUT_OF_MEMORY INTERNAL; do
        number=$((number + 1))
        grep -q "^$number $name " "$OUT/errors.txt" || { echo "no $name" >&2; return 1; }
    done
}

# shellcheck source=/dev/null
source "$HERE/build.sh"
tool gcc gcc
needs
mkdir -p "$OUT"
gcc -std=c99 -O2 -shared -fPIC -Wall -Wextra -Werror -I"$INCLUDE" \
    "$PWD/examples/ffi/empty/empty.c" -o "$OUT/libempty.so"
mv "$OUT/libempty.so" "$EMPTY/"
build
export LD_LIBRARY_PATH=$LICET:$EMPTY${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

if [[ $part == bench ]]; then
    run bench "$scenarios/fabrikam.jsonl"
    exit
fi
for scenario in fabrikam unhappy_paths lowering_reject lowering_unassign_newest published_sample; do
    same_tables journey "$scenario"
done
same_tables store fabrikam
every_status
