#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are named and missing. Says what it would need where it cannot.
set -euo pipefail

missing=()
for package in "$@"; do
  case $package in
    dotnet-sdk-10.0) command -v dotnet > /dev/null && dotnet --list-sdks | grep -q '^10\.' || missing+=("$package") ;;
    nix-bin) command -v nix-store > /dev/null && command -v nix > /dev/null || missing+=("$package") ;;
    postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || missing+=("$package") ;;
    pgbouncer) [ -x /usr/sbin/pgbouncer ] || missing+=("$package") ;;
    openssh-client) command -v ssh-keygen > /dev/null || missing+=("$package") ;;
    openssh-server) [ -x /usr/sbin/sshd ] || missing+=("$package") ;;
    chromium) command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null || missing+=("$package") ;;
    llvm) command -v llvm-objcopy > /dev/null || missing+=("$package") ;;
    binutils-aarch64-linux-gnu) command -v aarch64-linux-gnu-ld > /dev/null || missing+=("$package") ;;
    gcc-aarch64-linux-gnu) command -v aarch64-linux-gnu-gcc > /dev/null || missing+=("$package") ;;
    libc6-dev-arm64-cross) [ -e /usr/aarch64-linux-gnu/include/stdio.h ] || missing+=("$package") ;;
    qemu-user-static) command -v qemu-aarch64-static > /dev/null || missing+=("$package") ;;
    qemu-system-x86) command -v qemu-system-x86_64 > /dev/null || missing+=("$package") ;;
    systemd-nspawn) command -v systemd-nspawn > /dev/null || missing+=(systemd-container) ;;
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
run apt-get update -qq -o DPkg::Lock::Timeout=300 > /dev/null
run apt-get install -y -qq -o DPkg::Lock::Timeout=300 "${missing[@]}" > /dev/null
