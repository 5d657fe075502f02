#!/usr/bin/env bash
# The whole story on one machine, with a real Nix in a private store: three hosts from a flake and one without,
# deployed, updated, broken and explained. Installs Nix where it is missing, and the .NET SDK where the distribution has it. Leaves nothing
# behind; with --keep it leaves the fleet for playing, and says where it is.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD

case "${1-}" in
  "" | --keep) ;;
  *)
    echo "usage: ./demo.sh [--keep]" >&2
    exit 2
    ;;
esac

eng/dotnet.sh
eng/install.sh nix-bin git openssh-client

work=$(mktemp -d "${TMPDIR:-/tmp}/bento-demo.XXXXXX")
cleanup() {
  [ -z "${kept-}" ] || return 0
  chmod -R u+w "$work" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

say() { printf '\n\033[1m%s\033[0m\n' "── $*"; }
run() { printf '$ %s\n' "$*"; "$@"; }

# What the tools leave in their temporary directory goes with ours; no build server outlives it.
export TMPDIR=$work/tmp
mkdir -p "$TMPDIR"

say "Build bento"
dotnet build src/Bento.Cli/Bento.Cli.csproj --configuration Release --verbosity quiet --nologo -p:RunAnalyzers=false --disable-build-servers
bento_dll=$here/artifacts/bin/Bento.Cli/release/bento.dll
bento() { dotnet "$bento_dll" "$@"; }

# A Nix of its own: no root, no daemon, no cache, nothing outside of the temporary directory.
export NIX_STORE_DIR=$work/nix/store NIX_STATE_DIR=$work/nix/var NIX_LOG_DIR=$work/nix/log NIX_CONF_DIR=$work/nix/conf
export NIX_REMOTE='' NIX_CONFIG='' NIX_USER_CONF_FILES=$work/nix/conf/nix.conf
export XDG_CACHE_HOME=$work/home/cache XDG_STATE_HOME=$work/home/state XDG_CONFIG_HOME=$work/home/config
mkdir -p "$NIX_CONF_DIR" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$XDG_CONFIG_HOME"
cat > "$NIX_CONF_DIR/nix.conf" <<'END'
sandbox = false
build-users-group =
substituters =
experimental-features = nix-command flakes
END

say "An empty directory becomes a Bento directory"
export BENTO_DIR=$work/fleet
run bento init
rm -r "$BENTO_DIR/hosts/example"

say "Three hosts from a flake (web, db, mail) and one without (laptop)"
cp -r samples/fleet/hosts/. "$BENTO_DIR/hosts/"
cp -r samples/fleet/utils/. "$BENTO_DIR/utils/"
cp samples/fleet/bento.json "$BENTO_DIR/bento.json"
export NIX_PATH=nixpkgs=$here/samples/fleet/nixpkgs
nix-instantiate --eval --expr builtins.currentSystem > "$BENTO_DIR/utils/platform.nix"
(cd "$BENTO_DIR" && find hosts utils | sort | sed 's/^/  /')

say "Build every system, publish a release for every host"
run bento deploy
run bento status

agents() {
  for host in web db mail laptop; do
    mkdir -p "$work/machines/$host"
    cat > "$work/machines/$host/agent.json" <<END
{
  "host": "$host",
  "fleet": "demo",
  "areas": { "directory": "$BENTO_DIR/.bento/areas" },
  "trust": { "keys": ["$(cat "$BENTO_DIR/.bento/signing-key.pub")"] },

  // On NixOS these have their places; here four hosts share one machine.
  "stateDirectory": "state",
  "systemProfile": "profiles/system",
  "currentSystem": "current-system",
  "bootedSystem": "booted-system",
  "useSystemd": false
}
END
    printf '%-7s' "$host"
    CURRENT_SYSTEM=$work/machines/$host/current-system bento agent once --config "$work/machines/$host/agent.json" 2>&1
  done
}

say "Each host's agent polls, verifies, fetches, builds, switches and reports"
agents
run bento status

say "Nothing changed: nothing is built, nothing is touched"
run bento deploy

say "An edit of one host: what would change, and a deploy of that one"
run sh -c "echo 'hello again from web' > $BENTO_DIR/hosts/lab/web.txt"
run bento plan --on web
run bento deploy --on web
agents

say "A system that does not build is not published: the host keeps what it has"
run sh -c "echo 'this is broken' > $BENTO_DIR/hosts/lab/db.txt"
if run bento deploy --on db; then
  echo "The broken system was published." >&2
  exit 1
fi
agents
run bento show db

web=$(readlink "$work/machines/web/current-system")
db=$(readlink "$work/machines/db/current-system")
[ "$(cat "$web/greeting")" = "hello again from web" ]
[ "$(cat "$db/greeting")" = "hello from db" ]
[ "$(bento status --json | grep -c '"state": "up-to-date"')" = 4 ]
if [ "${1-}" = --keep ]; then
  kept=yes
  export -p | grep -E ' (NIX_[A-Z_]*|XDG_[A-Z_]*|BENTO_DIR)=' > "$work/environment"
  printf '#!/bin/sh\nexec dotnet %s "$@"\n' "$bento_dll" > "$work/bento"
  chmod +x "$work/bento"
  say "All four hosts run their releases, and are left in $work"
  echo "to play with them:  . $work/environment; $work/bento status"
  echo "to remove them:     chmod -R u+w $work; rm -r $work"
else
  say "All four hosts run their releases. Nothing of this stays on the machine."
fi
