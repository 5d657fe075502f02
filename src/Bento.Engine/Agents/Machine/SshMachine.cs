namespace Bento.Agents.Machine;

/// <summary>
/// A NixOS machine behind ssh. What its shell gets is fixed text around a store path, which has no character that a quoted word could not
/// hold.
/// </summary>
internal sealed class SshMachine(SshTarget target, MachinePrograms programs)
{
    private const string Profile = "/nix/var/nix/profiles/system";

    public async Task<Activation> ActivateAsync(StorePath system, ActivationMode mode, TextWriter log, CancellationToken cancellationToken)
    {
        // Nix starts ssh itself, and cuts the arguments for it at every blank, whatever is quoted.
        if (target.Arguments.FirstOrDefault(argument => argument.Any(char.IsWhiteSpace)) is { } spaced)
        {
            throw new ActivationException($"Nix cannot give '{spaced}' to ssh: it cuts NIX_SSHOPTS at blanks, also between quotes.")
            {
                NextStep = "Say it in ~/.ssh/config, in a section for that host.",
            };
        }

        var copied = await programs.RunOverSshAsync(
            programs.OfNix("nix-copy-closure"),
            ["--to", target.Destination, system.ToString()],
            string.Join(' ', target.Arguments),
            log,
            cancellationToken).ConfigureAwait(false);
        if (!copied.IsSuccess)
        {
            throw Failed("The system could not be copied", copied.ExitCode);
        }

        if (mode == ActivationMode.Switch)
        {
            var set = await RunAsync($"nix-env --profile {Profile} --set '{system}'", log, cancellationToken).ConfigureAwait(false);
            if (set != 0)
            {
                throw Failed("The profile could not be set", set);
            }
        }

        var exitCode = await RunAsync(Switch(system, SwitchProgram.Action(mode)), log, cancellationToken).ConfigureAwait(false);
        return exitCode == SshFailed
            ? throw Failed("The connection was lost, and the switch may go on", exitCode)
            : new Activation { Verdict = SwitchProgram.Verdict(exitCode), ExitCode = exitCode, FailedUnits = [] };
    }

    /// <summary>
    /// Without a pipe to ssh, so that the switch outlives the connection (nixos-rebuild's <c>--pipe</c> dies with its reader).
    /// </summary>
    private static readonly IReadOnlyList<string> TransientUnit =
    [
        "systemd-run",
            "--wait",
            "--collect",
            "--quiet",
            "--no-ask-password",
            "--service-type=exec",
            $"--unit={SystemdSwitch.UnitName}",
            .. SwitchProgram.UnitEnvironment,
        ];

    /// <summary>What ssh itself ends with when it cannot connect, or the connection breaks.</summary>
    private const int SshFailed = 255;

    /// <summary>In a unit of its own where there is systemd, so that a switch that cuts the network goes on.</summary>
    private static string Switch(StorePath system, string action)
    {
        var command = $"'{system}/bin/switch-to-configuration' {action}";
        return $"if test -d /run/systemd/system; then exec {string.Join(' ', TransientUnit)} {command}; else exec {command}; fi";
    }

    private async Task<int> RunAsync(string command, TextWriter log, CancellationToken cancellationToken) =>
        (await programs.RunAsync(
            "ssh", [.. target.Arguments, "--", target.Destination, command], log, cancellationToken).ConfigureAwait(false)).ExitCode;

    private ActivationException Failed(string what, int exitCode) => new($"{what}: '{target.Destination}' answered with {exitCode}.")
    {
        NextStep = $"Try it by hand: ssh {target.Destination} true.",
    };
}
