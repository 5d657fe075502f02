using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>What somebody does next about a host that needs attention.</summary>
internal static class StatusNextStep
{
    /// <summary>Stands for the name of the host where a step is said of several.</summary>
    public const string Host = "HOST";

    /// <summary>The step of one host.</summary>
    public static string For(string host, string step) => step.Replace(Host, host, StringComparison.Ordinal);

    /// <summary>The step, with <see cref="Host"/> where the name stands; null for a host that needs none.</summary>
    public static string? Of(HostStatus status) => status switch
    {
        { NeedsAttention: false } => null,
        _ when status.Flags.HasFlag(StatusFlags.Unreadable) => "To see why: bento doctor",
        { State: HostState.Failing or HostState.RolledBack } => $"To see why: bento logs {Host}",
        { State: HostState.Refused } => $"To see why: bento history {Host}",
        { State: HostState.Silent } => "Run there: systemctl status 'bento*'",
        _ when status.Flags.HasFlag(StatusFlags.Degraded) => "Run there: systemctl --failed",
        _ when (status.Flags & (StatusFlags.Drift | StatusFlags.BootedOld)) != 0 => $"To see what differs: bento diff --on {Host}",
        _ when (status.Flags & (StatusFlags.SecretsLocked | StatusFlags.Stuck | StatusFlags.Overdue)) != 0 =>
            "Run there: bento agent status",
        _ => $"To see why: bento history {Host}",
    };
}
