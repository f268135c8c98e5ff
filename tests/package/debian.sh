#!/usr/bin/env bash
# Usage: debian.sh BUILD SOURCE SCRATCH
# Makes the Debian packages, installs them into a root of their own that has nothing but the
# libraries they name as their dependencies, and runs a C program there that was built with them.
set -euo pipefail
build=$1 source=$2 scratch=$3
for tool in cpack dpkg-deb dpkg-shlibdeps chroot; do
    command -v "$tool" >/dev/null || { echo "skipped: needs $tool"; exit 77; }
done
((EUID == 0)) || { echo "skipped: chroot needs root"; exit 77; }

rm -rf "$scratch"
mkdir -p "$scratch/packages" "$scratch/dev" "$scratch/root"
(cd "$build" && cpack -G DEB -B "$scratch/packages") >"$scratch/cpack.log" ||
    { cat "$scratch/cpack.log"; exit 1; }
runtime=$(echo "$scratch"/packages/liblicet0_*.deb)
dev=$(echo "$scratch"/packages/liblicet-dev_*.deb)
echo "liblicet0 depends on $(dpkg-deb -f "$runtime" Depends)"
echo "liblicet-dev depends on $(dpkg-deb -f "$dev" Depends)"

# Built with what the two packages hold, as pkg-config says.
dpkg-deb -x "$runtime" "$scratch/dev"
dpkg-deb -x "$dev" "$scratch/dev"
pc=$(dirname "$(find "$scratch/dev" -name licet.pc)")
read -ra flags < <(PKG_CONFIG_PATH=$pc pkg-config --cflags --libs licet)
cc -std=c99 -Wall -Wextra -Wpedantic -Werror "$source/consumer.c" "${flags[@]}" -o "$scratch/consumer"

# A root of the runtime package, of the libraries of the packages it depends on and of theirs.
mkdir -p "$scratch/root/usr/lib" "$scratch/root/usr/lib64"
ln -s usr/lib "$scratch/root/lib"
ln -s usr/lib64 "$scratch/root/lib64"
dpkg-deb -x "$runtime" "$scratch/root"
closure=$(dpkg-deb -f "$runtime" Depends | tr ',' '\n' | sed 's/^ *//; s/ .*//; s/:.*//')
known=
while [[ $closure != "$known" ]]; do
    known=$closure
    # shellcheck disable=SC2086  # a list of words
    closure=$( (echo "$known"; dpkg-query -W -f '${Depends}\n' $known 2>/dev/null | tr ',' '\n' |
        sed 's/^ *//; s/ .*//; s/:.*//') | sort -u | sed '/^$/d')
done
for package in $closure; do
    dpkg-query -L "$package" 2>/dev/null | grep -E '/(lib[^/]*|ld-[^/]*)\.so[.0-9]*$' || true
done | sort -u | while read -r library; do
    cp --dereference --parents "$library" "$scratch/root"
done
cp "$scratch/consumer" "$scratch/root/consumer"
chroot "$scratch/root" /consumer
echo "ran in a root of its own"
