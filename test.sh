#!/usr/bin/env bash
# Installs what the tests need and runs them all, the ones with a real sshd and a real Nix included.
# The last line is `N passed, N failed, N skipped`, from the result files. Fails when a test failed or none ran.
set -uo pipefail
cd "$(dirname "$0")"

tests=(--solution Bento.sln)
filter=()
name=test-results
case "${1:-}" in
  "") ;;
  # Alone: tests on a machine that systemd boots. Of which Debian, else bookworm; how often its power is cut while it builds, else twice.
  # With qemu, one that has a kernel of its own and reboots. With chaos, five machines for as many minutes as one likes, else 10.
  --machine)
    tests=(--project tests/Bento.Machine.Tests)
    name=machine-results
    case "${2:-bookworm}" in
      qemu)
        filter=(--filter-class "*QemuTests")
        BENTO_QEMU=$(eng/machine.sh "${3:-bookworm}" qemu) && export BENTO_QEMU || export BENTO_NO_MACHINE=1
        ;;
      chaos)
        filter=(--filter-class "*ChaosTests" --explicit only)
        export BENTO_CHAOS_MINUTES="${3:-10}" BENTO_CHAOS_MACHINES="${4:-5}"
        BENTO_MACHINE=$(eng/machine.sh bookworm) && export BENTO_MACHINE || export BENTO_NO_MACHINE=1
        ;;
      *)
        filter=(--filter-not-class "*QemuTests")
        export BENTO_CUTS="${3:-2}"
        BENTO_MACHINE=$(eng/machine.sh "${2:-bookworm}") && export BENTO_MACHINE || export BENTO_NO_MACHINE=1
        ;;
    esac
    ;;
  # For minutes instead of a moment: how many rounds, else 500000.
  --fuzz) export BENTO_FUZZ_ROUNDS="${2:-500000}" ;;
  # An update is killed at each of its system calls that write, instead of at a few.
  --sweep) export BENTO_SWEEP=whole ;;
  # The agent compiled for arm64, under emulation, instead of all tests.
  --arm64) exec eng/test-arm64.sh ;;
  # Only what goes on for as long as one likes: agents whose server has every trouble. How many minutes each, else 10.
  --soak)
    tests=(--project tests/Bento.Cli.Tests)
    name=soak-results
    filter=(--filter-class "*SoakTests" --filter-class "*ChaosTests" --explicit only)
    export BENTO_SOAK_MINUTES="${2:-10}"
    ;;
  # Mutations of the pure rules, or of some of them, instead of all tests.
  --mutate) exec eng/mutate.sh "${@:2}" ;;
  # The tests that start Nix, with other versions of it and through its daemon, instead of all tests.
  --nix) exec eng/test-nix.sh "${2:-all}" ;;
  *)
    echo "usage: ./test.sh [--fuzz [ROUNDS] | --sweep | --soak [MINUTES] | --arm64 | --mutate [RULE...]" >&2
    echo "  | --machine [SUITE [CUTS] | qemu [SUITE] | chaos [MINUTES [MACHINES]]] | --nix [2.26|2.34|own|all]]" >&2
    exit 2
    ;;
esac

eng/install.sh nix-bin openssh-server openssh-client git strace age zstd rsync mandoc patchelf \
  postgresql pgbouncer python3 openssl || exit 1

# The pages of samples/Dashboard are tested in it. Without it these tests are skipped, and say so.
eng/install.sh chromium || echo "The tests of the dashboard in a browser are skipped." >&2

eng/dotnet.sh || exit 1

results=$PWD/artifacts/$name
rm -rf "$results"
mkdir -p "$results"

status=0
export BENTO_PROGRESS=$results/progress.txt
touch "$BENTO_PROGRESS"
tail --quiet --follow --lines=+1 --pid=$$ "$BENTO_PROGRESS" >&2 &
following=$!
if ! dotnet build "${tests[1]}" --nologo --verbosity quiet; then
  echo "${tests[1]} does not build." >&2
  status=1
else
  # One module after the other: some measure deadlines against a real sshd and a real Nix.
  dotnet test "${tests[@]}" "${filter[@]}" --no-build --no-progress --max-parallel-test-modules 1 \
    --results-directory "$results" --report-xunit-trx || status=1
fi

kill "$following"

# Each module leaves a file; the counts are sums over the files, so that a module that died is missing, not invented.
count() {
  cat "$results"/*.trx 2> /dev/null | grep -o '<Counters [^>]*>' \
    | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}
total=$(count total)
passed=$(count passed)
failed=$(count failed)
if [ "$total" = 0 ] || { [ "$status" != 0 ] && [ "$failed" = 0 ]; }; then
  echo "A test module did not run to its end." >&2
  status=1
  failed=$((failed + 1))
  total=$((total + 1))
fi

echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
exit "$status"
