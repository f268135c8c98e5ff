# shellcheck shell=bash
needs() {
    tool mcs mono-mcs
    tool mono mono-runtime
    tool /usr/lib/mono/4.5/System.Core.dll libmono-system-core4.0-cil
}
build() { mcs -unsafe -langversion:7 -warn:4 -warnaserror -optimize -out:"$OUT/Main.exe" "$HERE"/*.cs; }
run() { mono "$OUT/Main.exe" "$@"; }
