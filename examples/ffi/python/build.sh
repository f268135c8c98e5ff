# shellcheck shell=bash
needs() { tool python3 python3; }
build() { :; }
run() { PYTHONDONTWRITEBYTECODE=1 python3 "$HERE/main.py" "$@"; }
