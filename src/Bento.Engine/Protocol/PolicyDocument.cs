using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>The policy of a host as it is written in a release.</summary>
internal sealed record PolicyDocument(
    bool SelfUpdate,
    bool Reboot,
    string? RebootWindow,
    bool Rollback,
    long ConfirmSeconds,
    IReadOnlyList<HealthCheckDocument> HealthChecks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool RetryRolledBack = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SwitchWindow = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HoldBackDocument? HoldBack = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FreezeDocument? Freeze = null)
{
    public static PolicyDocument From(HostPolicy policy) => new(
        policy.SelfUpdate,
        policy.Reboot,
        policy.RebootWindow?.ToString(),
        policy.Rollback,
        (long)policy.ConfirmTimeout.TotalSeconds,
        [.. policy.HealthChecks.Select(HealthCheckDocument.From)],
        policy.RetryRolledBack,
        policy.SwitchWindow?.ToString(),
        policy.HoldBack is { } holdBack ? HoldBackDocument.From(holdBack) : null,
        policy.Freeze is { } freeze ? FreezeDocument.From(freeze) : null);

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public HostPolicy ToPolicy() => new()
    {
        SelfUpdate = SelfUpdate,
        Reboot = Reboot,
        RebootWindow = RebootWindow is { } reboots ? TimeWindows.Parse(reboots) : null,
        SwitchWindow = SwitchWindow is { } switches ? TimeWindows.Parse(switches) : null,
        HoldBack = HoldBack?.ToHoldBack(),
        Freeze = Freeze?.ToFreeze(),
        Rollback = Rollback,
        RetryRolledBack = RetryRolledBack,
        ConfirmTimeout = ConfirmSeconds is > 0 and <= 86_400
            ? TimeSpan.FromSeconds(ConfirmSeconds)
            : throw new FormatException("The time to confirm is out of range."),
        HealthChecks =
        [
            .. HealthChecks.Select(check => check is null ? throw new FormatException("A health check is null.") : check.ToHealthCheck()),
        ],
    };
}
