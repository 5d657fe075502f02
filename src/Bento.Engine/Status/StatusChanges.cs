namespace Bento.Status;

/// <summary>What happened between two looks at a fleet. Pure.</summary>
internal static class StatusChanges
{
    /// <summary>
    /// What the hosts of the later look did since the earlier one, in order of their names; what one host did in the order in which it
    /// happened.
    /// </summary>
    public static IEnumerable<FleetChange> Between(IReadOnlyList<HostStatus> before, IReadOnlyList<HostStatus> now)
    {
        var known = before.ToDictionary(status => status.Host);
        foreach (var status in now)
        {
            if (!known.Remove(status.Host, out var earlier))
            {
                yield return new FleetChange.HostChanged { What = HostChange.Appeared, Before = null, Now = status };
                continue;
            }

            foreach (var what in What(earlier, status))
            {
                yield return new FleetChange.HostChanged { What = what, Before = earlier, Now = status };
            }
        }

        foreach (var gone in known.Values.OrderBy(status => status.Host))
        {
            yield return new FleetChange.HostChanged { What = HostChange.Disappeared, Before = gone, Now = gone };
        }
    }

    /// <summary>What the next look is compared with: where a look could not read what was known before, that stays known.</summary>
    public static IReadOnlyList<HostStatus> Remember(IReadOnlyList<HostStatus> before, IReadOnlyList<HostStatus> now)
    {
        var known = before.ToDictionary(status => status.Host);
        return [.. now.Select(status => known.TryGetValue(status.Host, out var earlier) && KnowsLess(earlier, status)
            ? earlier with { Flags = status.Flags }
            : status)];
    }

    private static IEnumerable<HostChange> What(HostStatus before, HostStatus now)
    {
        if (KnowsLess(before, now) || (before.Flags.HasFlag(StatusFlags.Unreadable) && before.Number is null))
        {
            if (now.Flags != before.Flags)
            {
                yield return HostChange.FlagsChanged;
            }

            yield break;
        }

        var isPublished = now.Number is not null && now.Number != before.Number;
        var outcome = OfState(before, now);

        // A success that is no longer the state was followed by the rest.
        if (outcome is not (HostChange.Succeeded or HostChange.AutoUpdated)
            && now.LastSuccess is { } success
            && !(success <= before.LastSuccess))
        {
            yield return HostChange.Succeeded;
        }

        if (isPublished)
        {
            yield return HostChange.Published;
        }

        if (outcome is { } what)
        {
            yield return what;
        }
        else if (!isPublished && (now.Flags != before.Flags || now.Running != before.Running))
        {
            yield return HostChange.FlagsChanged;
        }
    }

    /// <summary>What the states say beside a publication.</summary>
    private static HostChange? OfState(HostStatus before, HostStatus now) => now.State switch
    {
        HostState.Updating => IsNew(before, now) ? HostChange.Started : Back(before),
        HostState.UpToDate or HostState.ExtraLogs => IsNew(before, now) ? HostChange.Succeeded : Back(before),
        HostState.AutoUpdated => IsNew(before, now) ? HostChange.AutoUpdated : Back(before),
        HostState.Failing when IsFlagged(now) => Back(before),
        HostState.Failing => IsNew(before, now) ? HostChange.Failed : Back(before),
        HostState.RolledBack => IsNew(before, now) ? HostChange.RolledBack : Back(before),
        HostState.Refused => IsOther(before, now) ? HostChange.Refused : null,
        HostState.Silent => before.State != now.State ? HostChange.Silent : null,
        HostState.Removed => before.State != now.State ? HostChange.Removed : null,
        _ => now.State != before.State && !IsOverByPublication(before, now) ? Back(before) : null,
    };

    /// <summary>
    /// Whether what a host made of a release is news. After a silence, a refusal or a drift the same result may show again: it is one that
    /// was known when it arrived before the host was last heard. Else another state, release or time is another attempt, also when it ended
    /// as the one before.
    /// </summary>
    private static bool IsNew(HostStatus before, HostStatus now) => IsHidden(before) || IsFlagged(before)
        ? !(now.Since <= before.LastSeen)
        : IsOther(before, now) || now.Since > before.Since;

    private static bool IsOther(HostStatus before, HostStatus now) => now.State != before.State || now.Number != before.Number;

    /// <summary>What hid the state of a host is over.</summary>
    private static HostChange? Back(HostStatus before) => IsHidden(before) ? HostChange.Heard : null;

    /// <summary>A refusal was about the release before; the host itself has said nothing since.</summary>
    private static bool IsOverByPublication(HostStatus before, HostStatus now) =>
        before.State == HostState.Refused && now.Number != before.Number && !(now.LastSeen > before.LastSeen);

    /// <summary>A flag made it fail and no attempt: it left its system, or came up with another one. Nobody tells since when.</summary>
    private static bool IsFlagged(HostStatus status) => status is { State: HostState.Failing, Since: null };

    /// <summary>Whether a look could not read what an earlier one did: what is missing now did not happen.</summary>
    private static bool KnowsLess(HostStatus before, HostStatus now) => now.Flags.HasFlag(StatusFlags.Unreadable)
        && ((before.Number is { } number && !(now.Number >= number))
            || (before.LastSeen is { } seen && !(now.LastSeen >= seen))
            || (before.LastSuccess is { } success && !(now.LastSuccess >= success)));

    private static bool IsHidden(HostStatus before) =>
        before.State is HostState.NewMachine or HostState.Silent or HostState.Refused or HostState.Removed;
}
