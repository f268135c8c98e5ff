#!/usr/bin/env bash
# read_by.sh TOOL LICET: what licet writes for a tool, read by that tool.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

case $1 in
    zsh)
        "$2" completion zsh >_licet
        zsh -n _licet
        zsh -fc 'autoload -Uz compinit && compinit -D && source ./_licet && whence _licet && [[ $_comps[licet] == _licet ]]'
        ;;
    fish)
        "$2" completion fish >licet.fish
        fish --no-config -c "source licet.fish; complete -C 'licet ma'; complete -C 'licet lint --format s'" >offered
        cut -f 1 offered | sort >names
        diff names - <<<$'man\nmatrix\nsarif'
        ;;
    man)
        "$2" man --date 2026-01-01 >licet.1
        man --warnings -l licet.1 2>&1 >page | diff - /dev/null
        grep -q 'licet lint file' page
        ;;
    mandoc)
        "$2" man --date 2026-01-01 | mandoc -T lint
        ;;
esac
