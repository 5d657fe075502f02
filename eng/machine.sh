#!/usr/bin/env bash
# Makes the disk of a Debian machine with systemd, Nix and ssh from Debian's packages, and prints the path of its image.
# Keeps it: the next call takes a moment. Ends with a sentence on standard error where no machine can be booted here.
#   eng/machine.sh [SUITE] [FORM]
#     SUITE  bookworm (Nix 2.8, the default), trixie (2.26) or sid (the newest)
#     FORM   container (systemd-nspawn, the default) or qemu: with a kernel of Debian, without KVM; kernel, initrd and the key of its root
#            lie beside the image
set -euo pipefail
cd "$(dirname "$0")/.."

suite=${1:-bookworm}
form=${2:-container}
mirror=${BENTO_DEBIAN_MIRROR:-http://deb.debian.org/debian}
cache=${BENTO_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bento}
packages=systemd,systemd-sysv,dbus,nix-bin,openssh-client,iproute2,kmod,ca-certificates

no() {
  echo "No machine can be booted here: $*" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || no "that takes root."
unwanted=(apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer
  console-getty.service getty@tty1.service systemd-logind.service systemd-firstboot.service systemd-networkd-wait-online.service
  systemd-networkd.service systemd-networkd.socket systemd-resolved.service systemd-timesyncd.service nix-daemon.service nix-daemon.socket)
case $form in
  container)
    [ -e /dev/loop-control ] || no "there is no loop device."
    grep -qw cgroup2 /proc/filesystems || no "this kernel has no cgroup2."
    eng/install.sh mmdebstrap systemd-nspawn || no "mmdebstrap and systemd-container are not installed."
    unwanted+=(systemd-udevd.service ssh.service)
    ;;
  qemu)
    [ "$(dpkg --print-architecture)" = amd64 ] || no "the form with qemu is for amd64."
    eng/install.sh mmdebstrap qemu-system-x86 openssh-client || no "mmdebstrap and qemu-system-x86 are not installed."
    packages+=,linux-image-cloud-amd64,initramfs-tools,udev,kexec-tools,openssh-server
    unwanted+=(serial-getty@ttyS0.service kexec.service kexec-load.service)
    ;;
  *) no "'$form' is not container or qemu." ;;
esac

mkdir -p "$cache"
exec 9> "$cache/machine.lock"
flock 9

# Whatever this script does differently makes another image.
image=$cache/machine-$form-$suite-$(sha256sum "$0" | cut -c1-12).ext4
if [ ! -e "$image" ]; then
  echo "making a machine of Debian $suite, once" >&2
  root=$(mktemp -d "$cache/root-XXXXXX")
  trap 'rm -rf --one-file-system "$root" "$image.new"' EXIT
  timeout 1800 mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --include="$packages" \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$suite" "$root" "$mirror" >&2 || no "the packages of Debian $suite cannot be had from $mirror within half an hour."

  # What a test has no use for, and a boot would wait for.
  for unit in "${unwanted[@]}"; do
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

  if [ "$form" = qemu ]; then
    # The user network of qemu gives this address; the programs of the tests come on a disk of their own.
    cat > "$root/etc/systemd/system/network-of-qemu.service" << 'END'
[Unit]
DefaultDependencies=no
Before=network.target network-online.target ssh.service
After=systemd-udev-trigger.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'modprobe virtio_net; until [ -e /sys/class/net/eth0 ]; do sleep 0.2; done; \
  ip link set lo up && ip link set eth0 up && ip address add 10.0.2.15/24 dev eth0 && ip route add default via 10.0.2.2'

[Install]
WantedBy=multi-user.target
END
    for target in multi-user network-online; do
      mkdir -p "$root/etc/systemd/system/$target.target.wants"
      ln -s ../network-of-qemu.service "$root/etc/systemd/system/$target.target.wants/"
    done
    echo '/dev/vdb /opt ext4 ro,nofail 0 0' >> "$root/etc/fstab"
    ln -s /opt/dotnet "$root/usr/share/dotnet"
    rm -f "$image.key" "$image.key.pub"
    ssh-keygen -q -t ed25519 -N '' -C 'root of the machine' -f "$image.key"
    install -D -m 600 "$image.key.pub" "$root/root/.ssh/authorized_keys"
    cp "$(ls "$root"/boot/vmlinuz-* | sort -V | tail -n 1)" "$image.vmlinuz"
    cp "$(ls "$root"/boot/initrd.img-* | sort -V | tail -n 1)" "$image.initrd"
  fi

  echo "the packages are there; writing the disk" >&2
  truncate --size 4G "$image.new"
  mkfs.ext4 -q -F -L bento -d "$root" "$image.new"

  # A sandbox may lack a system call that a machine of its own needs.
  if [ "$form" = container ]; then
    probe=$(systemd-nspawn --quiet --register=no --keep-unit --directory="$root" /bin/true 2>&1) ||
      no "systemd-nspawn does not start: $probe"
  fi
  mv "$image.new" "$image"
  find "$cache" -maxdepth 1 -name "machine-$form-$suite-*.ext4*" ! -path "$image*" -delete
fi

echo "$image"
