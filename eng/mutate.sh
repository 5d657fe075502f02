#!/usr/bin/env bash
# Changes the pure rules, one small change at a time, and runs their tests against each: a change that no test notices is a test that
# is missing.
#   eng/mutate.sh [RULE...]   only these, by the name of their file: WindowRule PatchPlan
# Stryker.NET mutates the whole library first, so this takes a quarter of an hour on two cores. Reports: artifacts/mutation.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore > /dev/null
if [ $# -gt 0 ]; then
  rules=()
  for rule in "$@"; do rules+=(--mutate "**/$rule.cs"); done
  cd tests/Bento.Rules.Tests
  exec dotnet stryker --config-file stryker-engine.json "${rules[@]}" --output ../../artifacts/mutation/some
fi

for part in abstractions engine; do
  (cd tests/Bento.Rules.Tests && dotnet stryker --config-file "stryker-$part.json" --output "../../artifacts/mutation/$part")
done
