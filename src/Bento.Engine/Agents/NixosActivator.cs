using Bento.Building;
using Bento.Files;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>Touches a NixOS machine the way nixos-rebuild does: profile first, then the system's own <c>switch-to-configuration</c>.</summary>
internal sealed class NixosActivator(IOptions<AgentOptions> options, IOptions<NixOptions> nix, IProcessRunner processes) : IActivator
{
    /// <summary>A fixed name: while one switch runs, systemd refuses a second.</summary>
    private const string UnitName = "bento-switch-to-configuration";
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
        string[] arguments = usesSystemd ? [.. TransientUnit, .. command] : command;

        // No token: a switch that has begun is never stopped.
        var outcome = await RunAsync(arguments[0], arguments[1..], log, CancellationToken.None).ConfigureAwait(false);
        return new Activation(Verdict(outcome.ExitCode), outcome.ExitCode, await FailedUnitsAsync(usesSystemd && outcome.ExitCode == 4).ConfigureAwait(false));
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
