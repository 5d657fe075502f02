using Bento.Status;

namespace Bento.Notifications;

/// <summary>What is worth telling: <c>(what was told, how hosts stand) → changes</c>. Pure.</summary>
/// <remarks>
/// A host is told about when it begins to need somebody, when it needs somebody for another reason than was told, and when it is well
/// again. What goes on by itself is not news: a host that is updating is neither.
/// </remarks>
internal static class NotificationRule
{
    /// <param name="told">The hosts that were told to need somebody, each with its state.</param>
    /// <param name="statuses">How all hosts stand.</param>
    /// <returns>What changed, those that need somebody first.</returns>
    public static IReadOnlyList<HostTurn> Changes(IReadOnlyDictionary<HostName, HostState> told, IReadOnlyList<HostStatus> statuses) =>
    [
        .. statuses.Where(status => IsNews(told, status))
            .Select(status => new HostTurn(status.Host, status.State)
            {
                Before = told.TryGetValue(status.Host, out var before) ? before : null,
                Reason = status.Reason,
                NeedsAttention = status.NeedsAttention,
            })
            .OrderByDescending(turn => turn.NeedsAttention)
            .ThenBy(turn => turn.Host),
    ];

    /// <summary>What is told when the changes have been. A host that the fleet does not know any more is forgotten.</summary>
    public static IReadOnlyDictionary<HostName, HostState> After(
        IReadOnlyDictionary<HostName, HostState> told, IReadOnlyList<HostStatus> statuses) => statuses
        .Where(status => status.NeedsAttention || (told.ContainsKey(status.Host) && !IsNews(told, status)))
        .ToDictionary(status => status.Host, status => status.NeedsAttention ? status.State : told[status.Host]);

    private static bool IsNews(IReadOnlyDictionary<HostName, HostState> told, HostStatus status) =>
        (status.NeedsAttention, told.TryGetValue(status.Host, out var before)) switch
        {
            (true, false) => true,
            (true, true) => before != status.State,
            (false, true) => status.State.Weight() == StateWeight.Well || status.State is HostState.Removed or HostState.Unpublished,
            _ => false,
        };
}
