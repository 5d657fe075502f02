#!/usr/bin/env bash
# Writes nix/deps.json: name, version and hash of every package that building bento takes from NuGet, for both platforms. nix/from-source.nix uses it.
# usage: eng/nix-deps.sh [FILE]
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-nix/deps.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Restored into a directory of its own, so that nothing is listed that only this machine's cache holds.
for runtime in linux-x64 linux-arm64; do
  dotnet restore src/Bento.Cli/Bento.Cli.csproj --runtime "$runtime" --packages "$work/packages" --nologo --verbosity quiet \
    -p:PublishAot=true -p:PackAsTool=false "-p:ArtifactsPath=$work/artifacts"
done

{
  separator='['
  for package in "$work"/packages/*/*/*.nupkg; do
    version=$(basename "$(dirname "$package")")
    name=$(sed -n 's|.*<id>\(.*\)</id>.*|\1|p' "$(dirname "$package")"/*.nuspec | head -n 1)
    hash=$(openssl dgst -sha256 -binary "$package" | base64)
    printf '%s\n  { "pname": "%s", "version": "%s", "hash": "sha256-%s" }' "$separator" "$name" "$version" "$hash"
    separator=','
  done
  printf '\n]\n'
} > "$work/deps.json"
mv "$work/deps.json" "$out"
echo "$out"
