namespace Bento.Status;

/// <summary>What happened between two looks at a fleet. Pure.</summary>
internal static class StatusChanges
{
    /// <summary>What the hosts of the later look did since the earlier one, in order of their names.</summary>
    public static IEnumerable<FleetChange> Between(IReadOnlyList<HostStatus> before, IReadOnlyList<HostStatus> now)
    {
        var known = before.ToDictionary(status => status.Host);
        foreach (var status in now)
        {
            if (!known.Remove(status.Host, out var earlier))
            {
                yield return new FleetChange.HostChanged(HostChange.Appeared, null, status);
            }
            else if (What(earlier, status) is { } what)
            {
                yield return new FleetChange.HostChanged(what, earlier, status);
            }
        }

        foreach (var gone in known.Values.OrderBy(status => status.Host))
        {
            yield return new FleetChange.HostChanged(HostChange.Disappeared, gone, gone);
        }
    }

    private static HostChange? What(HostStatus before, HostStatus now) => (before, now) switch
    {
        _ when now.Number != before.Number && now.State is HostState.RebuildPending or HostState.SyncPending or HostState.NewMachine => HostChange.Published,
        _ when now.State == before.State && now.Number == before.Number && !IsNewAttempt(before, now) =>
            now.Flags == before.Flags && now.Running == before.Running ? null : HostChange.FlagsChanged,
        (_, { State: HostState.Updating }) => HostChange.Started,
        (_, { State: HostState.UpToDate or HostState.ExtraLogs }) when before.State == HostState.Silent && !IsNewAttempt(before, now) => HostChange.Heard,
        (_, { State: HostState.UpToDate or HostState.ExtraLogs }) => HostChange.Succeeded,
        (_, { State: HostState.AutoUpdated }) => HostChange.AutoUpdated,
        (_, { State: HostState.Failing }) => HostChange.Failed,
        (_, { State: HostState.RolledBack }) => HostChange.RolledBack,
        (_, { State: HostState.Refused }) => HostChange.Refused,
        (_, { State: HostState.Silent }) => HostChange.Silent,
        (_, { State: HostState.Removed }) => HostChange.Removed,
        _ => HostChange.Heard,
    };

    /// <summary>Whether an attempt ended between the two looks, also when it ended as the one before.</summary>
    private static bool IsNewAttempt(HostStatus before, HostStatus now) =>
        now.State is not (HostState.Silent or HostState.Refused) && before.State is not (HostState.Silent or HostState.Refused)
        && now.Since > before.Since;
}
