#!/usr/bin/env bash
# Publishes bento as a native binary. A warning is a failure.
#   eng/native.sh               for this machine: artifacts/native/bento
#   eng/native.sh linux-arm64   for that platform (or linux-x64): artifacts/native/linux-arm64/bento
set -euo pipefail
cd "$(dirname "$0")/.."

case $(uname -m) in
  x86_64) here=linux-x64 ;;
  aarch64) here=linux-arm64 ;;
  *) echo "Bento is built on x86_64 and aarch64, and this machine is $(uname -m)." >&2 && exit 1 ;;
esac
target=${1:-$here}
out=artifacts/native${1:+/$target}

eng/install.sh clang
case $here-$target in
  "$here-$here") ;;
  linux-x64-linux-arm64) eng/install.sh llvm binutils-aarch64-linux-gnu gcc-aarch64-linux-gnu libc6-dev-arm64-cross ;;
  *) echo "usage: eng/native.sh [linux-x64 | linux-arm64]; linux-arm64 can be cross-compiled on x86_64, not the other way round." >&2 && exit 2 ;;
esac

rm -f "$out/bento" "$out/bento.dbg"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet publish src/Bento.Cli/Bento.Cli.csproj --configuration Release --runtime "$target" \
  -p:PublishAot=true -p:PackAsTool=false --output "$out" --nologo 2>&1 | tee "$log"
if grep -qE 'warning [A-Z]+[0-9]+' "$log"; then
  echo "The native publish has warnings." >&2
  exit 1
fi
[ "$target" != "$here" ] || "$out/bento" --version > /dev/null
echo "$out/bento"
