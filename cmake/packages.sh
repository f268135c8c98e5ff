# shellcheck shell=bash
# Sourced. need <package>…: installs with apt what is missing of these. When nothing is, it says
# nothing and needs neither network nor root. Where there is no dpkg it trusts the machine.
need() {
    command -v dpkg-query >/dev/null || return 0
    local installed package missing=() as_root=()
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        grep -qxF "$package installed" <<<"$installed" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0

    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "missing, and neither root nor sudo to install them: ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "installing ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
    "${apt[@]}" update || echo "apt-get update failed; going on with the lists at hand" >&2
    "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" >/dev/null
}
