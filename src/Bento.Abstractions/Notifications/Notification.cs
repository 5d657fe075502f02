namespace Bento.Notifications;

/// <summary>What is told at one time: everything that changed since the last one, at once.</summary>
/// <remarks>Immutable. Reasons come from hosts: one line each, free of control characters.</remarks>
public sealed record Notification
{
    /// <summary>The fleet.</summary>
    public required FleetName Fleet { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The hosts that changed, those that need somebody first; at least one.</summary>
    public required IReadOnlyList<HostTurn> Changes { get; init => field = ValueList.Of(value); }
}
