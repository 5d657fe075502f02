#!/usr/bin/env bash
# Runs the tests that start Nix: with the Nix of this machine or those of Debian's suites (eng/nix.sh), directly and through a nix-daemon, as a user
# that it trusts and as one that it does not. Says of a version that it cannot get that it cannot, and fails only when tests failed.
# usage: eng/test-nix.sh own|2.26|2.34|all [ACCESS...]
set -uo pipefail
cd "$(dirname "$0")/.."

case "${1:-all}" in
  all) versions=(own 2.26 2.34) ;;
  own | 2.26 | 2.34) versions=("$1") ;;
  *)
    echo "usage: eng/test-nix.sh own|2.26|2.34|all [direct|trusted|plain]..." >&2
    exit 2
    ;;
esac
shift
accesses=("$@")
[ ${#accesses[@]} -gt 0 ] || accesses=(direct trusted plain)

eng/install.sh nix-bin git openssh-client || exit 1
projects=(Bento.Engine.Tests Bento.Integration.Tests)
for project in "${projects[@]}"; do
  dotnet build "tests/$project" --nologo --verbosity quiet || exit 1
done

status=0
for version in "${versions[@]}"; do
  programs=$(dirname "$(command -v nix)")
  if [ "$version" != own ] && ! programs=$(eng/nix.sh "$version"); then
    echo "Nix $version: not tested, because this machine cannot get it."
    continue
  fi

  for access in "${accesses[@]}"; do
    if [ "$access" != direct ] && [ "$(id -u)" != 0 ]; then
      echo "Nix $version, $access: not tested, because only root starts a daemon of its own."
      continue
    fi

    # A plain user writes where Bento, which runs as root here, made directories.
    mask=$(umask)
    [ "$access" = plain ] && mask=000
    results=$PWD/artifacts/test-results-nix/$version-$access
    rm -rf "$results"
    mkdir -p "$results"
    (
      umask "$mask"
      for project in "${projects[@]}"; do
        PATH=$programs:$PATH BENTO_TEST_NIX_ACCESS=$access dotnet test --project "tests/$project" --no-build --no-progress \
          --results-directory "$results" --report-xunit-trx --filter-trait Uses=Nix || failed=1
      done > "$results.log" 2>&1
      exit "${failed:-0}"
    ) || { status=1; cat "$results.log" >&2; }

    # A file for each project; one that is missing is a project that did not run.
    [ "$(find "$results" -name '*.trx' | wc -l)" = ${#projects[@]} ] || status=1
    count() { cat "$results"/*.trx 2> /dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }
    echo "Nix $("$programs/nix" --version | sed 's/.* //'), $access: $(count passed) passed, $(count failed) failed, $(($(count total) - $(count passed) - $(count failed))) skipped"
  done
done
exit "$status"
