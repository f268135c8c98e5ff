# shellcheck shell=bash
needs() { tool go golang-go; }
build() {
    (
        cd "$HERE" || exit
        export CGO_CFLAGS="-O2 -I$INCLUDE" CGO_LDFLAGS="-L$LICET -L$EMPTY" GOCACHE=$OUT/cache
        export GOFLAGS=-mod=mod GOPROXY=off GO111MODULE=on
        go vet ./... && go build -o "$OUT/main" .
    )
}
run() { "$OUT/main" "$@"; }
