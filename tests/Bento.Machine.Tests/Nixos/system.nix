# What nixpkgs makes of a module, as far as an agent and systemd can tell: files of /etc, units, a system with its programs.
{ lib, given }:
let
  inherit (builtins) attrNames attrValues concatStringsSep isBool isList mapAttrs toFile toString;

  module = import ./utils/bento.nix { inherit lib config; pkgs = { age = "/usr"; git = "/usr"; openssh = "/usr"; zstd = "/usr"; kexec-tools = "/usr"; }; };
  config = {
    networking.hostName = given.host;
    nix.package = "/usr";
    systemd.package = "/usr";
    services.bento = lib.fill module.options.services.bento given.bento;
    environment.etc = mapAttrs (name: file: file // { source = toFile (baseNameOf name) file.text; }) module.config.environment.etc;
  };

  # Units as systemd reads them.
  text = value: if isBool value then (if value then "true" else "false") else toString value;
  lines = settings: concatStringsSep "" (map
    (name: concatStringsSep "" (map (value: "${name}=${text value}\n") (if isList settings.${name} then settings.${name} else [ settings.${name} ])))
    (attrNames settings));
  section = name: settings: if settings == { } then "" else "[${name}]\n${lines settings}\n";
  unit = unit: section "Unit" ({ Description = unit.description; Wants = unit.wants or [ ]; After = unit.after or [ ]; Conflicts = unit.conflicts or [ ]; }
    // (if unit.restartTriggers or [ ] == [ ] then { } else { X-Restart-Triggers = toString unit.restartTriggers; })
    // unit.unitConfig or { });
  service = name: service: {
    "systemd/system/${name}.service" = toFile "${name}.service" (unit service + section "Service" ({
      Environment = [ "\"PATH=${concatStringsSep ":" (map (package: "${package}/bin:${package}/sbin") (service.path or [ ] ++ [ "/usr" ]))}\"" ]
        ++ lib.mapAttrsToList (name: value: "\"${name}=${value}\"") (service.environment or { });
    }
    // (if service.restartIfChanged or true then { } else { X-RestartIfChanged = false; })
    // (if service.stopIfChanged or true then { } else { X-StopIfChanged = false; })
    // service.serviceConfig));
  };
  timer = name: timer: { "systemd/system/${name}.timer" = toFile "${name}.timer" (unit timer + section "Timer" timer.timerConfig); };
  wants = kind: units: concatStringsSep "\n" (lib.mapAttrsToList
    (name: unit: concatStringsSep "\n" (map
      (target: "mkdir -p $out/etc/systemd/system/${target}.wants; ln -s ../${name}.${kind} $out/etc/systemd/system/${target}.wants/${name}.${kind}")
      (unit.wantedBy or [ ])))
    units);

  services = lib.filterAttrs (name: value: value != { }) module.config.systemd.services;
  timers = lib.filterAttrs (name: value: value != { }) module.config.systemd.timers;
  etc = mapAttrs (name: file: file.source) config.environment.etc
    // lib.merge (lib.mapAttrsToList service services) // lib.merge (lib.mapAttrsToList timer timers);

  # What takes a while to build: sources, copies of paths, and what is made of them.
  parts = map
    (number: derivation {
      name = "part-${given.version}-${toString number}";
      system = given.platform;
      builder = "/bin/sh";
      source = toFile "source-${given.version}-${toString number}" "source ${given.version} ${toString number}";
      files = builtins.path { path = ./files; name = "files-${given.version}-${toString number}"; };
      args = [ "-e" "-c" ''
        PATH=/usr/bin:/bin
        mkdir -p $out
        cp -r $files/. $out
        for n in 1 2 3 4 5 6 7 8; do cat $source > $out/part-$n; done
        ${given.partScript}
      '' ];
    })
    (builtins.genList (number: number) given.parts);

  failed = builtins.filter (assertion: !assertion.assertion) module.config.assertions;
in
if failed != [ ] then throw (builtins.head failed).message
# A list takes its memory as soon as its length is asked for.
else if builtins.length (builtins.genList (number: number) given.evaluatedNumbers) != given.evaluatedNumbers then throw "no memory"
else derivation {
  name = "nixos-system-${given.host}-${given.version}";
  system = given.platform;
  builder = "/bin/sh";
  inherit parts;
  inherit (given) version switchScript preSwitchCheck switchExitCode;
  kernel = toFile "kernel-${given.kernel}" given.kernel;
  switch = ./switch-to-configuration;
  activate = ./activate;
  args = [ "-e" "-c" ''
    PATH=/usr/bin:/bin
    mkdir -p $out/bin $out/parts
    ${concatStringsSep "\n" (map (name: "install -D -m 444 ${etc.${name}} $out/etc/${name}") (attrNames etc))}
    ${wants "service" services}
    ${wants "timer" timers}
    for part in $parts; do ln -s $part $out/parts; done
    for part in kernel initrd kernel-modules; do ln -s $kernel $out/$part; done
    printf '%s\n' "$switchScript" > $out/switch-script
    printf '%s\n' "$preSwitchCheck" > $out/pre-switch-check
    echo "$switchExitCode" > $out/switch-exit-code
    sed "s|@out@|$out|g" $switch > $out/bin/switch-to-configuration
    sed "s|@out@|$out|g" $activate > $out/activate
    chmod +x $out/bin/switch-to-configuration $out/activate
    echo "$version" > $out/nixos-version
  '' ];
}
