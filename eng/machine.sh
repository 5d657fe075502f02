#!/usr/bin/env bash
# Makes the disk of a Debian machine with systemd, Nix and ssh from Debian's packages, and prints the path of its image.
# Keeps it: the next call takes a moment. Ends with a sentence on standard error where no machine can be booted here.
#   eng/machine.sh [SUITE]     bookworm (Nix 2.8, the default), trixie (2.26) or sid (the newest)
set -euo pipefail
cd "$(dirname "$0")/.."

suite=${1:-bookworm}
mirror=${BENTO_DEBIAN_MIRROR:-http://deb.debian.org/debian}
cache=${BENTO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bento}
packages=systemd,systemd-sysv,dbus,nix-bin,openssh-client,iproute2,kmod,ca-certificates

no() {
  echo "No machine can be booted here: $*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || no "that takes root."
[ -e /dev/loop-control ] || no "there is no loop device."
grep -qw cgroup2 /proc/filesystems || no "this kernel has no cgroup2."
eng/install.sh mmdebstrap systemd-nspawn || no "mmdebstrap and systemd-container are not installed."

mkdir -p "$cache"
exec 9> "$cache/machine.lock"
flock 9

# Whatever this script does differently makes another image.
image=$cache/machine-$suite-$(sha256sum "$0" | cut -c1-12).ext4
if [ ! -e "$image" ]; then
  echo "making a machine of Debian $suite, once" >&2
  root=$(mktemp -d "$cache/root-XXXXXX")
  trap 'rm -rf --one-file-system "$root" "$image.new"' EXIT
  mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --include="$packages" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$suite" "$root" "$mirror" >&2 || no "the packages of Debian $suite cannot be had from $mirror."

  # What a test has no use for, and a boot would wait for.
  for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
    console-getty.service getty@tty1.service systemd-logind.service systemd-firstboot.service systemd-networkd-wait-online.service \
    systemd-networkd.service systemd-networkd.socket systemd-resolved.service systemd-timesyncd.service systemd-udevd.service nix-daemon.service nix-daemon.socket ssh.service; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
  mkdir -p "$root/etc/nix" "$root/opt/bento" "$root/opt/dotnet" "$root/boot" "$root/var/log/journal" "$root/nix/store"
  cat > "$root/etc/nix/nix.conf" << 'END'
sandbox = false
build-users-group =
substituters =
experimental-features = nix-command flakes
END
  echo 'bento' > "$root/etc/hostname"
  rm -f "$root/etc/machine-id"
  echo uninitialized > "$root/etc/machine-id"

  truncate --size 4G "$image.new"
  mkfs.ext4 -q -F -L bento -d "$root" "$image.new"

  # A sandbox may lack a system call that a machine of its own needs.
  probe=$(systemd-nspawn --quiet --register=no --keep-unit --directory="$root" /bin/true 2>&1) || no "systemd-nspawn does not start: $probe"
  mv "$image.new" "$image"
  find "$cache" -maxdepth 1 -name "machine-$suite-*.ext4" ! -path "$image" -delete
fi

echo "$image"
