#!/bin/sh
# Bento's own agent as a subject of run.sh. BENTO is the program; default: the one on the PATH.
set -eu
[ "$1" = read ]
area=$2 state=$3 key=$4
cat > "$state/agent.json" <<JSON
{
  "host": "web", "fleet": "conformance", "areas": { "directory": "$(dirname "$area")" },
  "trust": { "keys": ["$(cut -d' ' -f1,2 "$key")"], "threshold": 1 },
  "stateDirectory": "state", "systemProfile": "profiles/system", "currentSystem": "run/current-system",
  "bootedSystem": "run/booted-system", "useSystemd": false
}
JSON
rm -f "$area"/logs/*
code=0
"${BENTO:-bento}" agent once --config "$state/agent.json" >&2 || code=$?
case $code in
  20) echo Malformed ;; 21) echo Untrusted ;; 22) echo WrongFleet ;; 23) echo WrongHost ;; 24) echo Rollback ;;
  25) echo Fork ;; 26) echo Jump ;; 27) echo Stale ;; 28) echo NeedsNewerAgent ;; 29) echo WrongEpoch ;;
  # It took the release when it tried it, whatever became of that: nothing here can be built.
  *) if grep -qs '"outcome":"FetchFailed"' "$area"/logs/*-result.json; then echo FetchFailed
     elif ls "$area"/logs/*-start.json "$area"/logs/*-result.json >/dev/null 2>&1; then echo Accepted; else echo "code-$code"; fi ;;
esac
