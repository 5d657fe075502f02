#!/usr/bin/env bash
# Publishes bento as a native binary: artifacts/native/bento. A warning is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

eng/install.sh zlib1g-dev
command -v clang > /dev/null || command -v gcc > /dev/null || eng/install.sh gcc

out=artifacts/native
rm -rf "$out"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet publish src/Bento.Cli/Bento.Cli.csproj --configuration Release --use-current-runtime \
  -p:PublishAot=true -p:PackAsTool=false --output "$out" --nologo 2>&1 | tee "$log"
if grep -qE 'warning [A-Z]+[0-9]+' "$log"; then
  echo "The native publish has warnings." >&2
  exit 1
fi
"$out/bento" --version > /dev/null
echo "$out/bento"
