using System.Globalization;
using Bento.Processes;

namespace Bento.Agents.Machine;

/// <summary>Runs <c>switch-to-configuration</c> of a system: one at a time, and so that it outlives this process.</summary>
internal sealed class SwitchProgram(AgentOptions options, MachinePrograms programs, TimeProvider clock)
{
    /// <summary>A fixed name: while one switch runs, systemd refuses a second.</summary>
    private const string UnitName = "bento-switch-to-configuration";
    private const string SystemdRuntime = "/run/systemd/system";
    private static readonly TimeSpan UnitPause = TimeSpan.FromSeconds(1);

    /// <summary>How often systemd may leave open whether a switch runs.</summary>
    private const int MaxUnanswered = 60;

    /// <summary>How long this process waits for a program of the machine: systemd ends a switch first, and says so.</summary>
    public static TimeSpan Limit(AgentOptions options) => options.SwitchTimeout + TimeSpan.FromMinutes(1);

    public static string Action(ActivationMode mode) => mode == ActivationMode.Test ? "test" : "switch";

    public async Task<Activation> RunAsync(StorePath system, string action, TextWriter log, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] command = [Path.Join(system.ToString(), "bin", "switch-to-configuration"), action];
        var usesSystemd = options.UseSystemd ?? Directory.Exists(SystemdRuntime);

        // In a unit the switch goes on alone when nobody waits for it any more. Without one it is a child that prints to this process: it
        // is waited for.
        var failedBefore = await FailedUnitsAsync(usesSystemd, cancellationToken).ConfigureAwait(false);
        var outcome = usesSystemd
            ? await InUnitAsync(command, log, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false)
            : await UnderLockAsync(command, log).ConfigureAwait(false);
        var failed = await FailedUnitsAsync(usesSystemd && outcome.ExitCode == 4, cancellationToken).ConfigureAwait(false);
        return new Activation(Verdict(outcome.ExitCode), outcome.ExitCode, Blame(failedBefore, failed));
    }

    /// <summary>One switch at a time: the one of an agent that was killed goes on in its unit, and this one waits for its end.</summary>
    private async Task<ProcessOutcome> InUnitAsync(string[] command, TextWriter log, CancellationToken cancellationToken)
    {
        await UntilFreeAsync(cancellationToken).ConfigureAwait(false);
        var since = clock.GetUtcNow().ToUnixTimeSeconds();
        var outcome = await programs.RunAsync(TransientUnit[0], [
            .. TransientUnit.Skip(1),
            string.Create(CultureInfo.InvariantCulture, $"--property=RuntimeMaxSec={options.SwitchTimeout.TotalSeconds:0}"),
            .. command,
        ], log, CancellationToken.None).ConfigureAwait(false);

        await CopyJournalAsync(since, log).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>A systemd that gives no answer is asked again: a switch restarts it, too.</summary>
    private async Task UntilFreeAsync(CancellationToken cancellationToken)
    {
        for (var unanswered = 0; ;)
        {
            var asked = await programs.RunAsync("systemctl", ["is-active", UnitName], null, cancellationToken).ConfigureAwait(false);
            switch (SwitchUnitRule.Read(asked.ExitCode, asked.Output))
            {
                case SwitchUnit.Free:
                    return;
                case SwitchUnit.Unknown when ++unanswered >= MaxUnanswered:
                    throw new ActivationException(
                        $"systemd does not say whether a switch runs: systemctl is-active ended with {asked.ExitCode}: "
                            + $"{PlainText.OfLine(asked.Error.Trim())}");
            }

            await Task.Delay(UnitPause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the switch printed went to the journal: it has no pipe to this process.</summary>
    private async Task CopyJournalAsync(long since, TextWriter log)
    {
        try
        {
            string[] arguments =
            [
                "--unit", UnitName, "--since", string.Create(CultureInfo.InvariantCulture, $"@{since}"), "--output", "cat", "--no-pager",
            ];
            _ = await programs.RunAsync("journalctl", arguments, log, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException exception)
        {
            // A log that is missing does not undo a switch.
            await log.WriteLineAsync(exception.Message).ConfigureAwait(false);
        }
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

    /// <summary>
    /// Without a pipe to this process, so that the switch outlives it (nixos-rebuild's <c>--pipe</c> dies with its reader).
    /// </summary>
    public static IReadOnlyList<string> TransientUnit { get; } =
    [
        "systemd-run", "--wait", "--collect", "--quiet", "--no-ask-password", "--service-type=exec", $"--unit={UnitName}",
        "--setenv=LOCALE_ARCHIVE", "--setenv=NIXOS_INSTALL_BOOTLOADER",
    ];

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
            .Select(line => PlainText.OfLine(line.Split(' ', 2)[0]))];
    }
}
