#!/usr/bin/env bash
# Fetches another Nix than the machine's own, out of a suite of Debian, into a cache directory, and prints the directory of its programs.
# usage: eng/nix.sh 2.26|2.34
# Nothing is installed: the packages are unpacked below $BENTO_CACHE (else ~/.cache/bento, of root /var/cache/bento) and use their own libraries.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

case "${1:-}" in
  2.26) suite=trixie ;;
  2.34) suite=sid ;;
  *)
    echo "usage: eng/nix.sh 2.26|2.34" >&2
    exit 2
    ;;
esac
version=$1

# Not in the home of root, where a plain user could not start it.
cache=${XDG_CACHE_HOME:-$HOME/.cache}
[ "$(id -u)" = 0 ] && cache=/var/cache
home=${BENTO_CACHE:-$cache/bento}/nix/$version

# A version that is there is used as it is; one that was cut off in the middle is fetched anew.
is_version() { "$1/usr/bin/nix" --version 2> /dev/null | grep -qF "(Nix) $version."; }
if is_version "$home"; then
  echo "$home/usr/bin"
  exit 0
fi

for program in apt-get dpkg-deb; do
  command -v "$program" > /dev/null || { echo "Nix $version comes from Debian's $suite, which needs $program." >&2; exit 1; }
done
"$here/install.sh" patchelf >&2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || { echo "Nix $version comes from Debian's $suite, whose signature is checked with the package debian-archive-keyring." >&2; exit 1; }

mkdir -p "$(dirname "$home")"
work=$(mktemp -d "$(dirname "$home")/.$version.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/sources"
: > "$work/status"
cat > "$work/sources/suite.sources" << END
Types: deb
URIs: ${BENTO_DEBIAN_MIRROR:-http://deb.debian.org/debian}
Suites: $suite
Components: main
Signed-By: $keyring
END
apt=(apt-get -qq -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status" -o "Dir::Cache::archives=$work/archives"
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources"
  -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null -o Debug::NoLocking=true -o "APT::Sandbox::User=$(id -un)"
  -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false)

echo "fetching Nix $version from Debian's $suite" >&2
"${apt[@]}" update >&2
"${apt[@]}" install --download-only --no-install-recommends --yes nix-bin >&2
for package in "$work"/archives/*.deb; do
  # Only programs and libraries: what the others of these hundred packages bring is never started.
  dpkg-deb --fsys-tarfile "$package" | tar --extract --directory "$work" --no-same-owner --wildcards --ignore-failed-read './usr/bin/nix*' './usr/lib/*' './usr/lib64/*' './usr/libexec/nix/*' './lib*' 2> /dev/null || true
done

# In the place where it stays, because a loader is named by its absolute path. RPATH, unlike RUNPATH, is for the libraries of libraries too.
libraries=$home/usr/lib/$(uname -m)-linux-gnu
loader=$(cd "$work" && find usr/lib -name 'ld-linux*.so.*' | head -n 1)
patchelf --set-interpreter "$home/$loader" --force-rpath --set-rpath "$libraries" "$work/usr/bin/nix"
rm -rf "$work/lists" "$work/archives" "$work/sources" "$work/status" "$home"
mv -T "$work" "$home"
trap - EXIT
chmod 755 "$home"

if ! is_version "$home"; then
  echo "Debian's $suite has $("$home/usr/bin/nix" --version 2>&1 | head -n 1), not Nix $version." >&2
  exit 1
fi
echo "$home/usr/bin"
