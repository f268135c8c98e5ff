#!/usr/bin/env bash
# Usage: journey.sh JOURNEY SCENARIO CLUSTER…
# Plays a scenario twice on a cluster that the script starts in a folder of its own: the second time
# everything is answered as it was the first time.
set -euo pipefail
journey=$1 scenario=$2 cluster=$3
folder=$(mktemp -d)
trap '"$cluster" stop "$folder"; rm -r "$folder"' EXIT
config=$("$cluster" start "$folder" | tail -n 1)
"$journey" "$scenario" "$config"
"$journey" "$scenario" "$config" | tee "$folder/again"
grep -q replayed "$folder/again"
