# shellcheck shell=bash
needs() { tool rustc rustc; }
build() {
    local rust=(rustc --edition 2021 -O -D warnings --out-dir "$OUT" -L "$LICET" -L "$EMPTY")
    "${rust[@]}" --crate-name licet --crate-type rlib "$HERE/licet/lib.rs"
    "${rust[@]}" --extern licet="$OUT/liblicet.rlib" "$HERE/main.rs"
}
run() { "$OUT/main" "$@"; }
