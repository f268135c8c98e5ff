# shellcheck shell=bash
needs() { tool gcc gcc libc6-dev; }
build() {
    gcc -std=c99 -D_POSIX_C_SOURCE=200809L -O2 -Wall -Wextra -Wpedantic -Wconversion -Werror \
        -I"$INCLUDE" "$HERE"/*.c "$HERE/../../c_store/store.c" \
        -L"$LICET" -llicet -L"$EMPTY" -lempty -o "$OUT/main"
}
run() { "$OUT/main" "$@"; }
