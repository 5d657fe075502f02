using System.Globalization;
using Bento.Building;
using Bento.Files;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Touches a NixOS machine the way nixos-rebuild does: profile first, then the system's own <c>switch-to-configuration</c>.</summary>
internal sealed class NixosActivator(IOptions<AgentOptions> options, IOptions<NixOptions> nix, IProcessRunner processes, TimeProvider clock) : IActivator
{
    /// <summary>A fixed name: while one switch runs, systemd refuses a second.</summary>
    private const string UnitName = "bento-switch-to-configuration";
    private static readonly TimeSpan UnitPause = TimeSpan.FromSeconds(1);
    private const string SystemdRuntime = "/run/systemd/system";

    private readonly AgentOptions _options = options.Value;
    private readonly NixOptions _nix = nix.Value;

    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => Task.FromResult(
        new MachineState(Target(_options.CurrentSystem), Target(_options.BootedSystem), Target(_options.SystemProfile)));

    public async Task SetProfileAsync(StorePath system, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Join(system.ToString(), "nixos-version")))
        {
            throw new ActivationException($"'{system}' is not a NixOS system: it has no file nixos-version.");
        }

        _ = Directory.CreateDirectory(Path.GetDirectoryName(_options.SystemProfile)!);
        var outcome = await RunAsync(NixProgram("nix-env"), ["--profile", _options.SystemProfile, "--set", system.ToString()], null, cancellationToken).ConfigureAwait(false);
        if (!outcome.IsSuccess || Target(_options.SystemProfile) != system)
        {
            throw new ActivationException($"The profile '{_options.SystemProfile}' could not be set to '{system}': {outcome.Error.Trim()}");
        }

        DurableFile.SyncDirectory(Path.GetDirectoryName(_options.SystemProfile)!);
    }

    public async Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] command = [Path.Join(system.ToString(), "bin", "switch-to-configuration"), "switch"];
        var usesSystemd = _options.UseSystemd ?? Directory.Exists(SystemdRuntime);

        // No token: a switch that has begun is never stopped.
        var outcome = usesSystemd
            ? await SwitchInUnitAsync(command, log).ConfigureAwait(false)
            : await SwitchUnderLockAsync(command, log).ConfigureAwait(false);
        return new Activation(Verdict(outcome.ExitCode), outcome.ExitCode, await FailedUnitsAsync(usesSystemd && outcome.ExitCode == 4).ConfigureAwait(false));
    }

    /// <summary>One switch at a time: the one of an agent that was killed goes on in its unit, and this one waits for its end.</summary>
    private async Task<ProcessOutcome> SwitchInUnitAsync(string[] command, TextWriter log)
    {
        while ((await RunAsync("systemctl", ["is-active", "--quiet", UnitName], null, CancellationToken.None).ConfigureAwait(false)).IsSuccess)
        {
            await Task.Delay(UnitPause, clock, CancellationToken.None).ConfigureAwait(false);
        }

        var since = clock.GetUtcNow().ToUnixTimeSeconds();
        var outcome = await RunAsync(TransientUnit[0], [.. TransientUnit.Skip(1), .. command], log, CancellationToken.None).ConfigureAwait(false);

        await CopyJournalAsync(since, log).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>What the switch printed went to the journal: it has no pipe to this process.</summary>
    private async Task CopyJournalAsync(long since, TextWriter log)
    {
        try
        {
            string[] arguments = ["--unit", UnitName, "--since", string.Create(CultureInfo.InvariantCulture, $"@{since}"), "--output", "cat", "--no-pager"];
            _ = await RunAsync("journalctl", arguments, log, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException exception)
        {
            // A log that is missing does not undo a switch.
            await log.WriteLineAsync(exception.Message).ConfigureAwait(false);
        }
    }

    /// <summary>The same without systemd: flock(1) stays with a switch whose agent was killed, and the next one waits for it. Its children do not inherit the lock.</summary>
    private async Task<ProcessOutcome> SwitchUnderLockAsync(string[] command, TextWriter log)
    {
        try
        {
            string[] arguments = ["--close", Path.Join(_options.StateDirectory, "switch.lock"), .. command];
            return await RunAsync("flock", arguments, log, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException exception) when (exception.InnerException is ProcessStartException { IsMissing: true })
        {
            return await RunAsync(command[0], command[1..], log, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Without a pipe to this process, so that the switch outlives it (nixos-rebuild's <c>--pipe</c> dies with its reader).</summary>
    private static string[] TransientUnit =>
    [
        "systemd-run", "--wait", "--collect", "--quiet", "--no-ask-password", "--service-type=exec", $"--unit={UnitName}",
        "--setenv=LOCALE_ARCHIVE", "--setenv=NIXOS_INSTALL_BOOTLOADER",
    ];

    private static ActivationVerdict Verdict(int exitCode) => exitCode switch
    {
        0 => ActivationVerdict.Done,
        4 => ActivationVerdict.Degraded,
        100 => ActivationVerdict.RebootNeeded,
        _ => ActivationVerdict.Failed,
    };

    private async Task<IReadOnlyList<string>> FailedUnitsAsync(bool canAsk)
    {
        if (!canAsk)
        {
            return [];
        }

        var outcome = await RunAsync("systemctl", ["list-units", "--state=failed", "--plain", "--no-legend"], null, CancellationToken.None).ConfigureAwait(false);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => PlainText.OfLine(line.Split(' ', 2)[0]))];
    }

    private async Task<ProcessOutcome> RunAsync(string program, IReadOnlyList<string> arguments, TextWriter? log, CancellationToken cancellationToken)
    {
        try
        {
            Action<string>? write = log is null ? null : log.WriteLine;
            var command = new ProcessCommand(program, arguments) { Environment = _nix.Environment.AsReadOnly(), OnOutputLine = write, OnErrorLine = write };
            return await processes.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException exception)
        {
            throw new ActivationException(exception.Message, exception);
        }
    }

    private string NixProgram(string name) => _nix.ProgramDirectory is { } directory ? Path.Join(directory, name) : name;

    private static StorePath? Target(string link) => RealPath.Find(link) is { } target && StorePath.TryParse(target, out var system) ? system : null;
}
