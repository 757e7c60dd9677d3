#!/usr/bin/env bash
# Makes what a user installs, into out/packages: the dotnet tool, and a self-contained single file per system, which needs no .NET.
#   tools/package.sh                  all of them
#   tools/package.sh tool linux-x64   some of them
set -euo pipefail
cd "$(dirname "$0")/.."

readonly systems=(linux-x64 linux-arm64 osx-arm64 osx-x64 win-x64)
readonly out=out/packages
mkdir -p "$out"
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(tool "${systems[@]}")

for one in "${wanted[@]}"; do
    if [ "$one" = tool ]; then
        dotnet pack tools/emulator -c Release -o "$out" --nologo -v q
    elif [[ " ${systems[*]} " == *" $one "* ]]; then
        folder=$(mktemp -d)
        dotnet publish tools/emulator -c Release -r "$one" -p:SingleFile=true -o "$folder" --nologo -v q
        case "$one" in
            win-*) mv "$folder/labedge.exe" "$out/labedge-$one.exe" ;;
            *) mv "$folder/labedge" "$out/labedge-$one" ;;
        esac
        rm -r "$folder"
    else
        echo "package.sh: found \"$one\", expected tool or one of ${systems[*]}" >&2
        exit 2
    fi
done
ls -l "$out"
