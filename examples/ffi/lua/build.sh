# shellcheck shell=bash
needs() { tool luajit luajit; }
build() { :; }
run() { LUA_PATH="$HERE/?.lua;;" luajit "$HERE/main.lua" "$@"; }
