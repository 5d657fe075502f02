#!/usr/bin/env bash
# Installs what the tests need and runs them all, the ones with a real sshd and a real Nix included.
# The last line is `N passed, N failed, N skipped`, from the result files. Fails when a test failed or none ran.
set -uo pipefail
cd "$(dirname "$0")"

eng/install.sh nix-bin openssh-server git strace || exit 1

results=$PWD/artifacts/test-results
rm -rf "$results"
dotnet build Bento.sln --nologo --verbosity quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
# One module after the other: those with a real sshd and a real Nix measure deadlines.
dotnet test --solution Bento.sln --no-build --max-parallel-test-modules 1 \
  --results-directory "$results" --report-xunit-trx --no-progress --hangdump-timeout 5m 2> /dev/null \
  || dotnet test --solution Bento.sln --no-build --max-parallel-test-modules 1 --results-directory "$results" --report-xunit-trx --no-progress
