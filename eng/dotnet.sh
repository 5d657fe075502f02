#!/usr/bin/env bash
# Makes sure of the .NET SDK: installs it where the distribution has a package of it, else says the one command that does.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=dotnet-sdk-10.0

if command -v dotnet > /dev/null && dotnet --list-sdks | grep -q '^10\.'; then
  exit 0
fi

# Ubuntu has it; Debian does not.
if command -v apt-cache > /dev/null && [ -n "$(apt-cache --quiet=2 policy "$package" 2> /dev/null | grep 'Candidate: [0-9]')" ]; then
  exec "$here/install.sh" "$package"
fi

cat >&2 << 'END'
The .NET SDK 10.0 is missing, and the packages of this machine have none. This installs it for you alone, into ~/.dotnet:

  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 && export PATH="$HOME/.dotnet:$PATH"

END
exit 1
