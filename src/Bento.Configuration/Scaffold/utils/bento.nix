# The agent as a NixOS module: the file that tells it where its server is, and a timer or a service that polls it.
{ config, lib, pkgs, ... }:
let
  cfg = config.services.bento;
  named = { inherit (cfg) host fleet intervalSeconds trust server; };

  agent = {
    description = "Bento agent";
    wants = [ "network-online.target" ];
    after = [ "network-online.target" ];
    # git and ssh fetch the inputs of flakes; age opens the secrets of this host; kexec unloads what somebody loaded, before a reboot.
    path = [ config.nix.package config.systemd.package pkgs.git pkgs.openssh pkgs.age pkgs.zstd pkgs.kexec-tools ];
    serviceConfig = {
      # The agent alone is told to stop; its programs go on, or end with it.
      KillMode = "mixed";
      StateDirectory = "bento";
      StateDirectoryMode = "0700";

      # Nix evaluates and builds below the agent: it may fail for memory, the host must not. No MemoryHigh: without swap, what is above it
      # is not killed but slowed down until it stands still, for minutes on a small host and for hours on a large one.
      MemoryMax = lib.mkDefault "85%";
      OOMPolicy = "continue";

      # What leaves Nix its sandbox, secrets their mount for the whole host, and the agent its reboots: kexec takes CAP_SYS_BOOT. Whatever
      # gives a unit mounts of its own does not.
      NoNewPrivileges = true;
      RestrictRealtime = true;
      RestrictSUIDSGID = true;
      CapabilityBoundingSet = "~CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_TIME CAP_SYSLOG CAP_WAKE_ALARM CAP_BPF "
        + "CAP_PERFMON CAP_AUDIT_CONTROL CAP_MAC_ADMIN CAP_MAC_OVERRIDE";
    };
  };
in
{
  options.services.bento = {
    enable = lib.mkEnableOption "the agent of Bento, which keeps this host at its release";

    package = lib.mkOption {
      type = lib.types.package;
      default = pkgs.callPackage ./package.nix { };
      defaultText = lib.literalExpression "pkgs.callPackage ./package.nix { }";
      description = "The package that has the program: the one that programs.json beside this file names, "
        + "so that a deploy renews the agent.";
    };

    program = lib.mkOption {
      type = lib.types.str;
      default = "${cfg.package}/bin/bento";
      defaultText = lib.literalExpression ''"''${config.services.bento.package}/bin/bento"'';
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
      description = "How often the server hears from this host at least, and how often the timer polls.";
    };

    resident = lib.mkOption {
      type = lib.types.bool;
      default = false;
      description = "Stays and looks every settings.pollSeconds (60) over one connection, instead of polling by a timer.";
    };

    settings = lib.mkOption {
      type = lib.types.attrsOf lib.types.anything;
      default = { };
      example = { buildHours = 12; secrets.identityFile = "/etc/ssh/bento_key"; };
      description = "Whatever else agent.json knows: alternatives, secrets, selfUpdateHours, ...";
    };

    trust = {
      keys = lib.mkOption {
        type = lib.types.listOf lib.types.str;
        default = [ ];
        example = [ "ssh-ed25519 AAAA..." ];
        description = "The public keys that may sign releases: .bento/signing-key.pub of the Bento directory. "
          + "Without one, no release is taken.";
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
      host = lib.mkOption {
        type = lib.types.str;
        description = "The name or address of the server.";
      };
      port = lib.mkOption {
        type = lib.types.port;
        default = 22;
        description = "The port of its sshd.";
      };
      user = lib.mkOption {
        type = lib.types.str;
        description = "Who this host logs in as: its own name, where each host has an account.";
      };
      privateKeyFile = lib.mkOption {
        type = lib.types.str;
        description = "The private key that it logs in with; only root may read it. A path on the host, never one of the configuration.";
      };
      hostKeys = lib.mkOption {
        type = lib.types.nonEmptyListOf lib.types.str;
        description = "The public keys of the server. No other is accepted.";
      };
      hostPrincipals = lib.mkOption {
        type = lib.types.listOf lib.types.str;
        default = [ cfg.server.host ];
        defaultText = lib.literalExpression "[ config.services.bento.server.host ]";
        description = "The names one of which a certificate of the server must be about.";
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
      {
        assertion = builtins.intersectAttrs named cfg.settings == { };
        message = "services.bento.settings says what options of services.bento say: "
          + "${toString (builtins.attrNames (builtins.intersectAttrs named cfg.settings))}.";
      }
    ];

    # For people on this host: bento agent status, pause, resume.
    environment.systemPackages = lib.optional (lib.hasPrefix builtins.storeDir cfg.program)
      (pkgs.writeShellScriptBin "bento" ''exec ${cfg.program} "$@"'');

    environment.etc."bento/agent.json".text = builtins.toJSON (cfg.settings // named);

    # A host polls by a timer or has an agent that stays. What one of them has begun, the other goes on with: neither is stopped by
    # the switch that it makes, and the one that takes its place waits until it is gone.
    systemd.services.bento = lib.mkIf (!cfg.resident) (agent // {
      restartIfChanged = false;
      unitConfig.X-StopOnRemoval = false;
      serviceConfig = agent.serviceConfig // {
        Type = "oneshot";
        ExecStart = "${cfg.program} agent once";
        # A server that is away and a release that failed are told by the status of the fleet; they are no fault of this unit.
        SuccessExitStatus = "1 5 130";
      };
    });

    systemd.timers.bento = lib.mkIf (!cfg.resident) {
      description = "Bento agent";
      wantedBy = [ "timers.target" ];
      conflicts = [ "bento-resident.service" ];
      timerConfig = {
        # Counted from the start of the timer, at boot and after a switch: OnBootSec is used up once a timer has elapsed, and a host
        # that goes from the agent that stays back to the timer would never poll again.
        OnActiveSec = "30s";
        OnUnitInactiveSec = "${toString cfg.intervalSeconds}s";
        # A fleet that polls in the same second loses logins to sshd.
        RandomizedDelaySec = "${toString (cfg.intervalSeconds / 4)}s";
        FixedRandomDelay = true;
      };
    };

    systemd.services.bento-resident = lib.mkIf cfg.resident (agent // {
      wantedBy = [ "multi-user.target" ];
      conflicts = [ "bento.timer" ];
      # Keys that were changed, too, must reach an agent that stays.
      restartTriggers = [ config.environment.etc."bento/agent.json".source ];
      stopIfChanged = false;
      unitConfig = {
        X-StopOnRemoval = false;
        StartLimitIntervalSec = 0;
      };
      serviceConfig = agent.serviceConfig // {
        Type = "notify";
        ExecStart = "${cfg.program} agent run";
        Restart = "always";
        RestartSec = "30s";
        # Fed while the step that the agent is at is within its own time limit.
        WatchdogSec = "5min";
      };
    });
  };
}
