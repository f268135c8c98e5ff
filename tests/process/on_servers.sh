#!/usr/bin/env bash
# Usage: on_servers.sh VERSION SCRATCH PROGRAM ARGUMENT…
# Runs a program with LICET_ETCD=yes and with a PostgreSQL as tests/postgres/run.sh has it. An etcd
# that is missing is installed with LICET_INSTALL=1 or CI=true; else the tests are skipped (77).
set -euo pipefail
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." >/dev/null
source cmake/packages.sh

if ! command -v etcd >/dev/null; then
    [[ ${LICET_INSTALL-} == 1 || ${CI-} == true ]] || { echo "skipped: etcd is missing"; exit 77; }
    need etcd-server etcd-client
fi
LICET_ETCD=yes exec tests/postgres/run.sh "$@"
