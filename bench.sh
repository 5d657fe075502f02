#!/usr/bin/env bash
# Measures Bento beside its floor or its rival in the same run, and prints one row for each. On a machine that does nothing else.
#   ./bench.sh                                        every row
#   ./bench.sh poll update --rounds 15                some of them, more often
#   ./bench.sh --json results.json --plots DIRECTORY  for a program, and how the cost grows as pictures
# Ends with 1 when a row is not held.
set -euo pipefail
cd "$(dirname "$0")"

eng/install.sh nix-bin openssh-server openssh-client git strace
eng/dotnet.sh

if [ -z "${TESTED_BENTO:-}" ]; then
  eng/native.sh > /dev/null
  export TESTED_BENTO=$PWD/artifacts/native/bento
fi

exec dotnet run --configuration Release --project tests/Bento.Benchmarks -- "$@"
