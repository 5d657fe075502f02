using System.Globalization;
using Bento.Processes;

namespace Bento.Agents.Machine;

/// <summary>
/// Runs a switch in a unit of its own, which outlives this process and systemd's bus. How it ended is what systemd keeps of the unit until
/// it is forgotten,
/// never what a program says that waited for it: a switch may restart dbus, systemd and this agent.
/// </summary>
internal sealed class SystemdSwitch(AgentOptions options, MachinePrograms programs, TimeProvider clock)
{
    /// <summary>A fixed name: while one switch runs, systemd refuses a second.</summary>
    public const string UnitName = "bento-switch-to-configuration.service";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How often systemd may give no answer.</summary>
    private const int MaxUnanswered = 60;

    /// <summary>Whether a unit that failed is the one of a switch, which is told by other means.</summary>
    public static bool IsOwn(string unit) => unit == UnitName;

    /// <summary>Runs it to its end.</summary>
    /// <param name="system">Whose program.</param>
    /// <param name="action">What it is told.</param>
    /// <param name="log">Gets what it printed.</param>
    /// <param name="cancellationToken">Gives up waiting; the switch goes on.</param>
    /// <exception cref="ActivationException">It could not be started, or systemd does not say how it ended.</exception>
    public async Task<SwitchUnit> RunAsync(StorePath system, string action, TextWriter log, CancellationToken cancellationToken)
    {
        if ((await UntilEndedAsync(cancellationToken).ConfigureAwait(false)).State == SwitchUnitState.Ended)
        {
            await ForgetAsync(cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var started = await programs.RunAsync(
            "systemd-run", [
                .. Transient,
                $"--unit={UnitName}",
                $"--description={SwitchUnit.Describe(system, action)}",
                RuntimeLimit,
                SwitchProgram.PathOf(system),
                action,
            ], null, CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);

        var unit = await UntilEndedAsync(cancellationToken).ConfigureAwait(false);
        if (unit.State != SwitchUnitState.Ended || unit.Description != SwitchUnit.Describe(system, action))
        {
            throw new ActivationException(
                $"systemd did not run the switch: systemd-run ended with {started.ExitCode}: {PlainText.OfLine(started.Error.Trim())}");
        }

        await CopyJournalAsync(unit, log).ConfigureAwait(false);
        return unit;
    }

    /// <summary>Waits for a switch that an earlier run of the agent began.</summary>
    /// <returns>How it ended; null when the unit knows of none like it.</returns>
    public async Task<SwitchUnit?> FindAsync(StorePath system, string action, TextWriter log, CancellationToken cancellationToken)
    {
        var unit = await UntilEndedAsync(cancellationToken).ConfigureAwait(false);
        if (unit.State != SwitchUnitState.Ended || unit.Description != SwitchUnit.Describe(system, action))
        {
            return null;
        }

        await CopyJournalAsync(unit, log).ConfigureAwait(false);
        return unit;
    }

    /// <summary>Lets systemd forget how the last switch ended.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        _ = await programs.RunAsync("systemctl", ["--quiet", "stop", UnitName], null, cancellationToken).ConfigureAwait(false);
        _ = await programs.RunAsync("systemctl", ["--quiet", "reset-failed", UnitName], null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Kept after its end, without a pipe to this process, and with all that it prints in the journal: an interval of zero means no rate
    /// limit, but systemd 252
    /// does not tell the journal of it, and of a burst it does.
    /// </summary>
    private static IReadOnlyList<string> Transient { get; } =
    [
        "--quiet", "--no-ask-password", "--service-type=exec", "--remain-after-exit", "--property=LogRateLimitIntervalSec=0",
        "--property=LogRateLimitBurst=100000000", .. SwitchProgram.UnitEnvironment,
    ];

    private string RuntimeLimit =>
        string.Create(CultureInfo.InvariantCulture, $"--property=RuntimeMaxSec={options.SwitchTimeout.TotalSeconds:0}");

    /// <summary>One switch at a time. A systemd that gives no answer is asked again: a switch restarts it, too.</summary>
    private async Task<SwitchUnit> UntilEndedAsync(CancellationToken cancellationToken)
    {
        for (var unanswered = 0; ;)
        {
            var asked = await programs.RunAsync(
                "systemctl", ["show", UnitName, $"--property={SwitchUnitReader.Properties}"], null, cancellationToken)
                    .ConfigureAwait(false);
            var unit = SwitchUnitReader.Read(asked.ExitCode, asked.Output);
            switch (unit.State)
            {
                case SwitchUnitState.Free or SwitchUnitState.Ended:
                    return unit;
                case SwitchUnitState.Unknown when ++unanswered >= MaxUnanswered:
                    throw new ActivationException(
                        $"systemd does not say whether a switch runs: systemctl show ended with {asked.ExitCode}: "
                            + $"{PlainText.OfLine(asked.Error.Trim())}");
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What the switch printed, all of it and nothing of other runs: by invocation, after the journal has written down what it was sent.
    /// </summary>
    private async Task CopyJournalAsync(SwitchUnit unit, TextWriter log)
    {
        try
        {
            _ = await programs.RunAsync("journalctl", ["--sync"], null, CancellationToken.None).ConfigureAwait(false);
            _ = await programs.RunAsync(
                "journalctl",
                ["--quiet", "--no-pager", "--output=cat", $"_SYSTEMD_INVOCATION_ID={unit.InvocationId}"],
                log,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException exception)
        {
            // A log that is missing does not undo a switch.
            await log.WriteLineAsync(exception.Message).ConfigureAwait(false);
        }
    }
}
