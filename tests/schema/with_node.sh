#!/usr/bin/env bash
# with_node.sh SOURCE BUILD install            what SOURCE's package-lock.json asks for, into BUILD
# with_node.sh SOURCE BUILD SCRIPT ARGUMENT…   runs a script of SOURCE with it
# 77 (skipped) where node or the npm registry is missing, and 1 (a failure) if CI=true.
set -euo pipefail
source=$1 build=$2
shift 2

missing() {
    echo "skipped: $1 is missing"
    [[ ${CI-} == true ]] && exit 1
    exit 77
}

for tool in node npm; do
    command -v "$tool" >/dev/null || missing "$tool"
done
mkdir -p "$build"
if [[ $1 == install ]]; then
    cmp --silent "$source/package-lock.json" "$build/installed.json" && exit 0
    cp "$source"/package*.json "$build"
    if ! npm --prefix "$build" ci --prefer-offline --no-audit --no-fund; then
        npm ping >/dev/null 2>&1 && exit 1
        missing "the npm registry"
    fi
    cp "$source/package-lock.json" "$build/installed.json"
    exit 0
fi
[[ -f $build/installed.json ]] || missing "ajv"
cp "$source/$1" "$build" # node looks for modules beside the script
cd "$build"
exec node "$@"
