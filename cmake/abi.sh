#!/usr/bin/env bash
# Usage: cmake/abi.sh LIBRARY
# Compares liblicet.so with that of the newest tag before this commit: nothing that it had may be
# gone or changed. Nothing is compared where there is no tag, or where SOVERSION is another.
set -euo pipefail
library=$(readlink -f -- "$1")
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

if ! tag=$(git -c safe.directory="$PWD" describe --tags --abbrev=0 2>/dev/null); then
    echo "no tag to compare with"
    exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git -c safe.directory="$PWD" archive "$tag" | tar -x -C "$scratch"
cmake -S "$scratch" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
    -DLICET_BUILD_TESTS=OFF -DLICET_BUILD_EXAMPLES=OFF >/dev/null
ninja -C "$scratch/build" licet_c >/dev/null
released=$(readlink -f "$scratch/build/liblicet.so")

soname() { readelf -d "$1" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p'; }
if [[ $(soname "$library") != $(soname "$released") ]]; then
    echo "another SOVERSION than $tag: not compared"
    exit 0
fi
# 8 is the bit of what breaks callers; members and functions that are new are 4 alone.
status=0
abidiff --headers-dir1 "$scratch/capi/include" --headers-dir2 capi/include \
    "$released" "$library" || status=$?
((status & ~4)) && exit 1
echo "compatible with $tag"
