#!/bin/sh
# Shows the example areas of docs/conformance to a program that reads areas, and compares what it says.
#   run.sh SUBJECT [directory of areas]
# SUBJECT is called once for each step, as docs/conformance/README.md says, and prints one word.
set -eu
subject=$1
here=$(cd "$(dirname "$0")" && pwd)
areas=${2:-$here/../../docs/conformance/areas}
key=$here/../../docs/conformance/keys/trusted.pub
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 count=0
for case in "$areas"/*/; do
  name=$(basename "$case")
  mkdir -p "$work/$name/state"
  for step in "$case"*/; do
    number=$(basename "$step")
    area=$work/$name/areas/web
    mkdir -p "$area/logs"
    rm -rf "$area/content"
    cp -R "$step/area/." "$area/"
    said=$("$subject" read "$area" "$work/$name/state" "$key" 2>"$work/$name/error" || true)
    expected=$(cat "$step/expected")
    count=$((count + 1))
    if [ "$said" = "$expected" ]; then
      echo "ok $name/$number: $said"
    else
      failed=$((failed + 1))
      echo "FAILED $name/$number: expected $expected, got '$said': $(head -c 300 "$work/$name/error")"
    fi
  done
done
echo "$count steps, $failed failed"
[ "$failed" = 0 ]
