#!/usr/bin/env bash
# Cross-compiles bento for arm64 and lets that program do what the tests of the agent do with real processes: under qemu-user, with the C library
# and the OpenSSL of Debian for arm64. Nix, sshd and ssh-keygen are those of this machine.
set -euo pipefail
cd "$(dirname "$0")/.."

eng/install.sh qemu-user-static nix-bin openssh-server openssh-client git age
eng/native.sh linux-arm64

# Packages of another architecture, unpacked beside this machine instead of installed into it.
root=$PWD/artifacts/arm64-root
if [ ! -e "$root/done" ]; then
  rm -rf "$root"
  mkdir -p "$root/apt/lists/partial" "$root/apt/archives/partial"
  apt=(-qq -o "Dir::State::Lists=$root/apt/lists" -o "Dir::Cache=$root/apt" -o APT::Architectures::=arm64 -o APT::Sandbox::User=root)
  apt-get "${apt[@]}" update > /dev/null
  (cd "$root/apt/archives" && apt-get "${apt[@]}" download libc6:arm64 libgcc-s1:arm64 libssl3:arm64)
  for package in "$root"/apt/archives/*.deb; do dpkg-deb --extract "$package" "$root"; done
  rm -rf "$root/apt"
  touch "$root/done"
fi

program=$PWD/artifacts/native/linux-arm64/bento-in-qemu
printf '#!/bin/sh\nexec qemu-aarch64-static -L "%s" "%s" "$@"\n' "$root" "$PWD/artifacts/native/linux-arm64/bento" > "$program"
chmod +x "$program"
"$program" --version

# What waits for a deploy is the operator's side, with time limits that emulation does not keep.
dotnet build tests/Bento.Cli.Tests --nologo --verbosity quiet
TESTED_BENTO=$program dotnet test --project tests/Bento.Cli.Tests --no-build --no-progress \
  --filter-class "*AgentCommandTests" --filter-class "*FirstReportTests" --filter-not-method "*A_deploy_that_waits*"
