# The agent as a NixOS module: a timer that polls the server, and the file that tells it where.
{ config, lib, pkgs, ... }:
let
  cfg = config.services.bento;
in
{
  options.services.bento = {
    enable = lib.mkEnableOption "the agent of Bento, which keeps this host at its release";

    program = lib.mkOption {
      type = lib.types.str;
      description = "The bento program.";
    };

    host = lib.mkOption {
      type = lib.types.str;
      default = config.networking.hostName;
      defaultText = lib.literalExpression "config.networking.hostName";
      description = "The name of this host in the fleet.";
    };

    fleet = lib.mkOption {
      type = lib.types.str;
      default = "bento";
      description = "The name of the fleet; releases of another one are refused.";
    };

    intervalSeconds = lib.mkOption {
      type = lib.types.ints.between 10 86400;
      default = 900;
      description = "How often the host polls.";
    };

    trust = {
      keys = lib.mkOption {
        type = lib.types.listOf lib.types.str;
        default = [ ];
        example = [ "ssh-ed25519 AAAA..." ];
        description = "The public keys that may sign releases: .bento/signing-key.pub of the Bento directory. Without one, no release is taken.";
      };
      threshold = lib.mkOption {
        type = lib.types.ints.between 1 16;
        default = 1;
        description = "How many different keys of these must have signed a release.";
      };
      epoch = lib.mkOption {
        type = lib.types.ints.unsigned;
        default = 0;
        description = "The epoch of the releases that this host takes; raised by hand, never lowered.";
      };
      allowUnsigned = lib.mkOption {
        type = lib.types.bool;
        default = false;
        description = "Takes releases without looking at signatures: whoever can write the area of this host is then root on it.";
      };
    };

    server = {
      host = lib.mkOption { type = lib.types.str; };
      port = lib.mkOption {
        type = lib.types.port;
        default = 22;
      };
      user = lib.mkOption { type = lib.types.str; };
      privateKeyFile = lib.mkOption { type = lib.types.str; };
      hostKeys = lib.mkOption {
        type = lib.types.nonEmptyListOf lib.types.str;
        description = "The public keys of the server. No other is accepted.";
      };
    };
  };

  config = lib.mkIf cfg.enable {
    # Found out before a system is built that would take no release any more.
    assertions = [
      {
        assertion = cfg.trust.allowUnsigned || builtins.length cfg.trust.keys >= cfg.trust.threshold;
        message = "services.bento.trust.keys has fewer keys than must sign a release (services.bento.trust.threshold).";
      }
      {
        assertion = !(cfg.trust.allowUnsigned && cfg.trust.keys != [ ]);
        message = "services.bento.trust.allowUnsigned makes services.bento.trust.keys protect nothing: keep one of the two.";
      }
    ];

    environment.etc."bento/agent.json".text = builtins.toJSON {
      inherit (cfg) host fleet intervalSeconds trust server;
    };

    systemd.services.bento = {
      description = "Bento agent";
      wants = [ "network-online.target" ];
      after = [ "network-online.target" ];
      # age opens the secrets of this host.
      path = [ config.nix.package config.systemd.package pkgs.age ];
      # A switch that restarted the agent would stop what is switching.
      restartIfChanged = false;
      stopIfChanged = false;
      unitConfig.X-StopOnRemoval = false;
      serviceConfig = {
        Type = "oneshot";
        ExecStart = "${cfg.program} agent once";
        StateDirectory = "bento";
        StateDirectoryMode = "0700";
        TimeoutStartSec = "6h";
      };
    };

    systemd.timers.bento = {
      description = "Bento agent";
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnBootSec = "1min";
        OnUnitInactiveSec = "${toString cfg.intervalSeconds}s";
        # A fleet that polls in the same second loses logins to sshd.
        RandomizedDelaySec = "${toString (cfg.intervalSeconds / 4)}s";
        FixedRandomDelay = true;
      };
    };
  };
}
