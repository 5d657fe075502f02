#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are named and missing. Says what it would need where it cannot.
set -euo pipefail

missing=()
for package in "$@"; do
  case $package in
    nix-bin) command -v nix-store > /dev/null && command -v nix > /dev/null || missing+=("$package") ;;
    openssh-client) command -v ssh-keygen > /dev/null || missing+=("$package") ;;
    openssh-server) [ -x /usr/sbin/sshd ] || missing+=("$package") ;;
    zlib1g-dev) [ -e /usr/include/zlib.h ] || missing+=("$package") ;;
    *) command -v "$package" > /dev/null || missing+=("$package") ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get > /dev/null; then
  echo "Missing: ${missing[*]}. Install them with the package manager of this machine." >&2
  exit 1
fi

run() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo > /dev/null; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    echo "Missing: ${missing[*]}. Become root and run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
}

echo "installing ${missing[*]}" >&2
run apt-get update -qq > /dev/null
run apt-get install -y -qq "${missing[@]}" > /dev/null
