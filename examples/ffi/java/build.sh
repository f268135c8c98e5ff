# shellcheck shell=bash
jna=/usr/share/java/jna.jar
needs() {
    tool javac default-jdk-headless
    tool "$jna" libjna-java
}
build() {
    javac -Xlint:all -Werror -cp "$jna" -d "$OUT/classes" "$HERE"/*.java "$HERE"/licet/*.java "$HERE"/bench/licet/*.java
}
run() { java -cp "$jna:$OUT/classes" Main "$@"; }
