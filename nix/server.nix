# The server of a fleet as a NixOS module: an account for each host in bento.json that has a publicKey, an sshd that shows each of them its own area
# and nothing else, and, where the Bento directory lies on the same machine, timers that refresh releases and write metrics. For the configuration
# of the machine that serves the areas; fleet.nix of a Bento directory imports it.
{ config, lib, pkgs, ... }:
let
  cfg = config.services.bento-server;

  # bento.json may have comments and commas at the end of a list, as Bento reads it. Strings are left as they are.
  string = ''"([^"\\]|\\.)*"'';
  comment = "//[^\n]*|/\\*([^*]|\\*+[^*/])*\\*+/";
  replace = pattern: by:
    text: lib.concatStrings (map (part: if builtins.isList part then by part else part) (builtins.split pattern text));
  withoutComments = replace "(${string})|(${comment})" (part: if builtins.head part == null then "" else builtins.head part);
  withoutCommas = replace ''(${string})|,[[:space:]]*([]}])'' (part: if builtins.head part == null then builtins.elemAt part 2 else builtins.head part);
  fleet = builtins.fromJSON (withoutCommas (withoutComments (builtins.readFile cfg.settings)));

  # As 'bento server sshd-config' says it for other machines: the same rules, directive for directive.
  chroot = "${builtins.replaceStrings [ "%" ] [ "%%" ] cfg.areas}/%u";
  quoted = if builtins.match ".* .*" chroot == null then chroot else "\"${chroot}\"";
  logins = 10 + builtins.length (builtins.attrNames cfg.hosts);

  job = description: {
    inherit description;
    environment.BENTO_DIR = cfg.directory;
    # Nix evaluates nothing for these; ssh-keygen signs, git is asked for commits, zstd makes patches.
    path = [ config.nix.package pkgs.openssh pkgs.git pkgs.zstd ];
    serviceConfig.Type = "oneshot";
  };
in
{
  options.services.bento-server = {
    enable = lib.mkEnableOption "the server of a fleet: accounts, areas and sshd";

    settings = lib.mkOption {
      type = lib.types.path;
      example = lib.literalExpression "./bento.json";
      description = "The settings of the fleet, bento.json: hosts with a publicKey in it can log in.";
    };

    hosts = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      default = builtins.mapAttrs (name: host: host.publicKey) (lib.filterAttrs (name: host: host ? publicKey) (fleet.hosts or { }));
      defaultText = lib.literalExpression "hosts.NAME.publicKey of settings";
      description = "The public key of each host, by its name.";
    };

    areas = lib.mkOption {
      type = lib.types.str;
      default = fleet.areas.directory or "";
      defaultText = lib.literalExpression "areas.directory of settings";
      description = "The directory that holds the areas, an absolute path. sshd wants it and all above it to belong to root.";
    };

    group = lib.mkOption {
      type = lib.types.str;
      default = "bento-hosts";
      description = "The system group of all hosts.";
    };

    package = lib.mkOption {
      type = lib.types.package;
      default = pkgs.callPackage ./package.nix { };
      defaultText = lib.literalExpression "pkgs.callPackage ./package.nix { }";
      description = "The package of bento, for the timers.";
    };

    directory = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = null;
      example = "/srv/fleet";
      description = "The Bento directory, where it lies on this machine and root deploys from it. Without it there are no timers.";
    };

    refresh = lib.mkOption {
      type = lib.types.nullOr lib.types.str;
      default = "daily";
      description = "When releases are refreshed, so that they stay valid where nobody deploys for weeks: OnCalendar of systemd.time(7). null: never.";
    };

    metrics = {
      file = lib.mkOption {
        type = lib.types.nullOr lib.types.str;
        default = null;
        example = "/var/lib/node-exporter/bento.prom";
        description = "Where the status of the fleet is written for the textfile collector of a Prometheus node_exporter. null: nowhere.";
      };
      interval = lib.mkOption {
        type = lib.types.str;
        default = "minutely";
        description = "When: OnCalendar of systemd.time(7).";
      };
    };
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = lib.hasPrefix "/" cfg.areas;
        message = "services.bento-server.areas (areas.directory in bento.json) is not an absolute path, and sshd needs one.";
      }
      {
        assertion = cfg.metrics.file == null || cfg.directory != null;
        message = "services.bento-server.metrics.file needs services.bento-server.directory: the status is read from there.";
      }
    ];

    users.groups = { ${cfg.group} = { }; } // builtins.mapAttrs (name: key: { }) cfg.hosts;

    # Everybody has the name of a host, its group, and no way to a shell.
    users.users = builtins.mapAttrs (name: key: {
      isSystemUser = true;
      group = name;
      extraGroups = [ cfg.group ];
      home = "/var/empty";
      createHome = false;
      hashedPassword = "*";
      openssh.authorizedKeys.keys = [ key ];
    }) cfg.hosts;

    systemd.tmpfiles.rules = [ "d ${cfg.areas} 0755 root root -" ];

    services.openssh.enable = true;
    services.openssh.extraConfig = ''
      MaxStartups ${toString logins}:30:${toString (2 * logins)}
      Match Group ${cfg.group}
        ChrootDirectory ${quoted}
        AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u
        ForceCommand internal-sftp -u 0027 -p open,close,read,write,lstat,fstat,stat,opendir,readdir,realpath,remove,posix-rename,statvfs,limits
        AuthenticationMethods publickey
        DisableForwarding yes
        PermitTTY no
        PermitUserRC no
        MaxSessions 4
        ClientAliveInterval 30
        ClientAliveCountMax 4
      Match all
    '';

    systemd.services.bento-refresh = lib.mkIf (cfg.directory != null && cfg.refresh != null) (job "Bento: releases stay valid" // {
      startAt = cfg.refresh;
      script = ''exec "${cfg.package}/bin/bento" refresh --all'';
    });

    # Written to another name first, so that nobody reads half of it. A host that needs attention is no fault of this unit.
    systemd.services.bento-metrics = lib.mkIf (cfg.directory != null && cfg.metrics.file != null) (job "Bento: status for Prometheus" // {
      startAt = cfg.metrics.interval;
      script = ''
        umask 022
        mkdir -p "$(dirname "$BENTO_METRICS")"
        "${cfg.package}/bin/bento" status --prometheus > "$BENTO_METRICS.tmp"
        mv "$BENTO_METRICS.tmp" "$BENTO_METRICS"
      '';
      environment = { BENTO_DIR = cfg.directory; BENTO_METRICS = cfg.metrics.file; };
    });
  };
}
