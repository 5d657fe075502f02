using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Bento.TestBench.Nix;

/// <summary>A stand-in for a NixOS system: a derivation without inputs, built by <c>/bin/sh</c> in a moment.</summary>
/// <remarks>
/// Its output has <c>nixos-version</c>, <c>kernel</c>, <c>initrd</c> and <c>kernel-modules</c>, and a <c>bin/switch-to-configuration</c>
/// that any machine can run. That script needs the variable <see cref="RunVariable"/>: a directory that plays <c>/run</c>. It adds a line
/// <c>action system</c> to <c>switch-calls</c> there and, for <c>switch</c> and <c>test</c>, repoints the link <c>current-system</c>. It
/// ends with
/// <see cref="SwitchExitCode"/>, or with what the file <c>switch-exit-code</c> in that directory holds; with 1, 2 or 3 it leaves the link
/// alone.
/// </remarks>
public sealed record TestSystem
{
    /// <summary>The environment variable that names the directory which plays <c>/run</c>.</summary>
    public const string RunVariable = "BENTO_TEST_RUN";

    /// <summary>What tells two systems of one host apart.</summary>
    /// <value>Default: 1.</value>
    public string Version { get; init; } = "1";

    /// <summary>What tells two kernels apart: systems that differ here need a reboot.</summary>
    /// <value>Default: 6.1.</value>
    public string Kernel { get; init; } = "6.1";

    /// <summary>What <c>switch-to-configuration</c> ends with.</summary>
    /// <value>Default: 0.</value>
    public int SwitchExitCode { get; init; }

    /// <summary>Commands of the shell that run first in the builder, such as <c>echo text; exit 3</c>.</summary>
    /// <value>Default: none.</value>
    public string BuildScript { get; init; } = string.Empty;

    /// <summary>The platform of this machine, as Nix calls it.</summary>
    public static string Platform { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? "aarch64-linux"
        : "x86_64-linux";

    /// <summary>A function of Nix that makes the derivation; its arguments are those of <see cref="ToJson"/> and <c>host</c>.</summary>
    internal static string Function { get; } =
        """
        { host, version ? "1", kernel ? "6.1", switchExitCode ? 0, buildScript ? "" }:
        derivation {
          name = "nixos-system-${host}-${version}";
          system = "@platform@";
          builder = "/bin/sh";
          inherit version buildScript;
          kernelFile = builtins.toFile "kernel-${kernel}" kernel;
          switchScript = ''
            #!/bin/sh
            PATH="''${PATH:+$PATH:}/usr/bin:/bin:/run/current-system/sw/bin"
            system=@out@
            run="''${BENTO_TEST_RUN:?names the directory that plays /run}"
            code=${toString switchExitCode}
            if [ -e "$run/switch-exit-code" ]; then read -r code < "$run/switch-exit-code"; fi
            echo "$1 $system" >> "$run/switch-calls"
            echo "$1: activating $system"
            case "$1:$code" in
              *:[123]) ;;
              switch:*|test:*)
                ln -s "$system" "$run/current-system.$$"
                mv -f -T "$run/current-system.$$" "$run/current-system" ;;
            esac
            exit "$code"
          '';
          args = [ "-e" "-c" ''
            PATH=/usr/bin:/bin:/run/current-system/sw/bin
            echo "building $name"
            eval "$buildScript"
            mkdir -p $out/bin
            echo "$version" > $out/nixos-version
            for part in kernel initrd kernel-modules; do ln -s $kernelFile $out/$part; done
            echo "$switchScript" | sed "s|@out@|$out|" > $out/bin/switch-to-configuration
            chmod +x $out/bin/switch-to-configuration
          '' ];
        }

        """.Replace("@platform@", Platform, StringComparison.Ordinal);

    internal JsonObject ToJson() => new()
    {
        ["version"] = Version,
        ["kernel"] = Kernel,
        ["switchExitCode"] = SwitchExitCode,
        ["buildScript"] = BuildScript,
    };
}
