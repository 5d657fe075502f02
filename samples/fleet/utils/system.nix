# A stand-in for a NixOS system: what an agent looks at, and nothing else. Its
# switch-to-configuration points the link $CURRENT_SYSTEM at the new system.
{ name, greeting }:
derivation {
  name = "nixos-system-${name}-25.05";
  system = import ./platform.nix;
  builder = "/bin/sh";
  inherit greeting;
  args = [
    "-c"
    ''
      set -e
      PATH=/bin:/usr/bin
      case "$greeting" in *broken*) echo "this system does not build"; exit 1 ;; esac
      mkdir -p "$out/bin"
      echo "25.05" > "$out/nixos-version"
      echo "$greeting" > "$out/greeting"
      {
        echo '#!/bin/sh'
        echo 'set -e'
        echo 'echo "switching to '"$out"'"'
        echo 'ln -sfn '"$out"' "$CURRENT_SYSTEM.new"'
        echo 'mv -T "$CURRENT_SYSTEM.new" "$CURRENT_SYSTEM"'
      } > "$out/bin/switch-to-configuration"
      chmod +x "$out/bin/switch-to-configuration"
    ''
  ];
}
