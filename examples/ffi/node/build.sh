# shellcheck shell=bash
needs() {
    tool node nodejs
    tool npm npm
}
build() {
    cp "$HERE"/*.ts "$HERE"/*.json "$OUT"
    (
        cd "$OUT" || exit
        cmp -s package-lock.json node_modules/.installed || {
            npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
            cp package-lock.json node_modules/.installed
        }
        node_modules/.bin/tsc
    )
}
run() { node "$OUT/main.js" "$@"; }
