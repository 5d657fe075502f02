using Bento.Processes;

namespace Bento.Agents.Machine;

/// <summary>Runs <c>switch-to-configuration</c> of a system: one at a time, and so that it outlives this process.</summary>
internal sealed class SwitchProgram(AgentOptions options, MachinePrograms programs, TimeProvider clock)
{
    private const string SystemdRuntime = "/run/systemd/system";

    private readonly SystemdSwitch _systemd = new(options, programs, clock);

    /// <summary>How long this process waits for a program of the machine: systemd ends a switch first, and says so.</summary>
    public static TimeSpan Limit(AgentOptions options) => options.SwitchTimeout + TimeSpan.FromMinutes(1);

    public static string Action(ActivationMode mode) => mode switch
    {
        ActivationMode.Test => "test",
        ActivationMode.DryActivate => "dry-activate",
        _ => "switch",
    };

    public static string PathOf(StorePath system) => Path.Join(system.ToString(), "bin", "switch-to-configuration");

    private bool UsesSystemd => options.UseSystemd ?? Directory.Exists(SystemdRuntime);

    public async Task<Activation> RunAsync(StorePath system, string action, TextWriter log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var failedBefore = await FailedUnitsAsync(UsesSystemd, cancellationToken).ConfigureAwait(false);
        using var refusal = new SwitchRefusal(log);
        if (UsesSystemd)
        {
            return await JudgeAsync(
                await _systemd.RunAsync(system, action, refusal, cancellationToken).ConfigureAwait(false),
                refusal,
                failedBefore,
                cancellationToken).ConfigureAwait(false);
        }

        // Without a unit it is a child that prints to this process: it is waited for.
        var outcome = await UnderLockAsync([PathOf(system), action], refusal).ConfigureAwait(false);
        return new Activation
        {
            Verdict = Verdict(outcome.ExitCode),
            ExitCode = outcome.ExitCode,
            FailedUnits = [],
            Refusal = refusal.Reason,
        };
    }

    /// <inheritdoc cref="ISwitchMemory.FindAsync"/>
    public async Task<Activation?> FindAsync(StorePath system, string action, TextWriter log, CancellationToken cancellationToken)
    {
        using var refusal = new SwitchRefusal(log);
        return UsesSystemd && await _systemd.FindAsync(system, action, refusal, cancellationToken).ConfigureAwait(false) is { } unit
            ? await JudgeAsync(unit, refusal, [], cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <inheritdoc cref="ISwitchMemory.ForgetAsync"/>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        UsesSystemd ? _systemd.ForgetAsync(cancellationToken) : Task.CompletedTask;

    private async Task<Activation> JudgeAsync(
        SwitchUnit unit, SwitchRefusal refusal, IReadOnlyList<string> failedBefore, CancellationToken cancellationToken)
    {
        var verdict = Verdict(unit.ExitCode);
        var failed = await FailedUnitsAsync(verdict == ActivationVerdict.Degraded, cancellationToken).ConfigureAwait(false);
        return new Activation
        {
            Verdict = verdict,
            ExitCode = unit.ExitCode,
            FailedUnits = Blame(failedBefore, failed),
            Problem = unit.Problem,
            Refusal = verdict == ActivationVerdict.Failed ? refusal.Reason : null,
        };
    }

    /// <summary>
    /// The same without systemd: flock(1) stays with a switch whose agent was killed, and the next one waits for it. Its children do not
    /// inherit the lock.
    /// </summary>
    private async Task<ProcessOutcome> UnderLockAsync(string[] command, TextWriter log)
    {
        try
        {
            string[] arguments = ["--close", Path.Join(options.StateDirectory, "switch.lock"), .. command];
            return await programs.RunAsync("flock", arguments, log, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException exception) when (exception.InnerException is ProcessStartException { IsMissing: true })
        {
            return await programs.RunAsync(command[0], command[1..], log, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>What of the environment a switch is given, as nixos-rebuild does.</summary>
    public static IReadOnlyList<string> UnitEnvironment { get; } = ["--setenv=LOCALE_ARCHIVE", "--setenv=NIXOS_INSTALL_BOOTLOADER"];

    public static ActivationVerdict Verdict(int exitCode) => exitCode switch
    {
        0 => ActivationVerdict.Done,
        4 => ActivationVerdict.Degraded,
        100 => ActivationVerdict.RebootNeeded,
        _ => ActivationVerdict.Failed,
    };

    /// <summary>
    /// Which units a switch broke: those that had not failed before it. Where there are none of these, one that had failed before has
    /// failed again.
    /// </summary>
    public static IReadOnlyList<string> Blame(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        after.Except(before).ToList() is { Count: > 0 } broken ? broken : after;

    private async Task<IReadOnlyList<string>> FailedUnitsAsync(bool canAsk, CancellationToken cancellationToken)
    {
        if (!canAsk)
        {
            return [];
        }

        var outcome = await programs.RunAsync(
            "systemctl", ["list-units", "--state=failed", "--plain", "--no-legend"], null, cancellationToken).ConfigureAwait(false);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => PlainText.OfLine(line.Split(' ', 2)[0])).Where(unit => !SystemdSwitch.IsOwn(unit))];
    }
}
