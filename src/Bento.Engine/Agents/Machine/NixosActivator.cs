using Bento.Building;
using Bento.Building.Store;
using Bento.Files;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Machine;

/// <summary>
/// Touches a NixOS machine the way nixos-rebuild does: profile first, then the system's own <c>switch-to-configuration</c>.
/// </summary>
internal sealed class NixosActivator(
    IOptions<AgentOptions> options, IOptions<NixOptions> nix, IProcessRunner processes, TimeProvider clock) : IActivator, ISwitchMemory
{
    private const string SwitchAction = "switch";
    private const string BootAction = "boot";

    /// <summary>What a newer systemd may do by itself at a reboot: start the kernel that somebody has loaded.</summary>
    private const string NoAutoKexec = "SYSTEMCTL_SKIP_AUTO_KEXEC";

    private readonly AgentOptions _options = options.Value;
    private readonly MachinePrograms _programs = new(processes, nix.Value, SwitchProgram.Limit(options.Value), clock);
    private readonly PreviousSystemRoot _wayBack = new(options.Value.StateDirectory);
    private readonly SwitchProgram _switch = new(
        options.Value, new MachinePrograms(processes, nix.Value, SwitchProgram.Limit(options.Value), clock), clock);

    public Task<MachineState> InspectAsync(CancellationToken cancellationToken)
    {
        var booted = Target(_options.BootedSystem);
        var profile = Target(_options.SystemProfile);
        return Task.FromResult(new MachineState
        {
            Running = Target(_options.CurrentSystem),
            Booted = booted,
            Profile = profile,
            BootId = ReadBootId(),
            NeedsReboot = booted is { } before && profile is { } next && BootParts.Differ(before, next),
        });
    }

    public async Task SetProfileAsync(StorePath system, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Join(system.ToString(), "nixos-version")))
        {
            throw new ActivationException($"'{system}' is not a NixOS system: it has no file nixos-version.");
        }

        if (Target(_options.CurrentSystem) is { } running)
        {
            await _wayBack.KeepAsync(running, system, _programs).ConfigureAwait(false);
        }

        _ = Directory.CreateDirectory(Path.GetDirectoryName(_options.SystemProfile)!);
        var outcome = await _programs.RunAsync(
            _programs.OfNix("nix-env"),
            ["--profile", _options.SystemProfile, "--set", system.ToString()],
            null,
            cancellationToken).ConfigureAwait(false);
        if (!outcome.IsSuccess || Target(_options.SystemProfile) != system)
        {
            throw new ActivationException($"The profile '{_options.SystemProfile}' could not be set to '{system}': {outcome.Error.Trim()}");
        }

        DurableFile.SyncDirectory(Path.GetDirectoryName(_options.SystemProfile)!);
    }

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
        Task.FromResult(SwitchInhibitors.Find(ReadInhibitors(_options.CurrentSystem), ReadInhibitors(system.ToString())));

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        _switch.RunAsync(system, SwitchAction, log, cancellationToken);

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        _switch.RunAsync(system, BootAction, log, cancellationToken);

    public Task<Activation?> FindAsync(StorePath system, bool isStaged, TextWriter log, CancellationToken cancellationToken) =>
        _switch.FindAsync(system, isStaged ? BootAction : SwitchAction, log, cancellationToken);

    public Task ForgetAsync(CancellationToken cancellationToken) => _switch.ForgetAsync(cancellationToken);

    public string? FindHindrance() => SwitchLock.FindHolder() is { } process ? $"another switch is under way (process {process})" : null;

    /// <summary>
    /// By kexec where a kernel can be loaded, which skips the firmware; else the long way. systemd boots a kernel that somebody has loaded
    /// before: that one goes first.
    /// </summary>
    public async Task RebootAsync(CancellationToken cancellationToken)
    {
        var isFree = !LoadedKernel.IsThere() || await LoadedKernel.UnloadAsync(_programs, cancellationToken).ConfigureAwait(false);
        if (isFree && (await _programs.RunAsync(
            "systemctl", ["--no-ask-password", "kexec"], null, cancellationToken).ConfigureAwait(false)).IsSuccess)
        {
            return;
        }

        var slow = await _programs.RunWithAsync(
            NoAutoKexec, "1", "systemctl", ["--no-ask-password", "reboot"], null, CancellationToken.None).ConfigureAwait(false);
        if (!slow.IsSuccess)
        {
            throw new ActivationException($"systemctl reboot ended with {slow.ExitCode}: {PlainText.OfLine(slow.Error.Trim())}");
        }
    }

    private string? ReadBootId()
    {
        try
        {
            return File.ReadAllText(_options.BootIdFile).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> ReadInhibitors(string system)
    {
        try
        {
            return RealPath.Find(Path.Join(system, SwitchInhibitors.FileName)) is { } file
                ? PlainFile.ReadAll(file, SwitchInhibitors.MaxBytes)
                : null;
        }
        catch (IOException)
        {
            return default;
        }
    }

    private static StorePath? Target(string link) =>
        RealPath.Find(link) is { } target && StorePath.TryParse(target, out var system) ? system : null;
}
