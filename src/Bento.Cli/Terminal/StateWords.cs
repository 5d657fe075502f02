using Bento.Status;

namespace Bento.Cli.Terminal;

/// <summary>The words and signs for states: those of bash bento where it had them.</summary>
internal static class StateWords
{
    public static string Name(HostState state) => state switch
    {
        HostState.NewMachine => "new machine",
        HostState.SyncPending => "sync pending",
        HostState.RebuildPending => "rebuild pending",
        HostState.Updating => "updating",
        HostState.UpToDate => "up to date",
        HostState.AutoUpdated => "auto upgraded",
        HostState.ExtraLogs => "extra logs",
        HostState.Failing => "failing",
        HostState.RolledBack => "rollbacked",
        HostState.Refused => "refused",
        HostState.Silent => "silent",
        HostState.Removed => "removed",
        _ => "no release yet",
    };

    /// <summary>The name in one word for a shell.</summary>
    public static string Choice(HostState state) => Name(state).Replace(' ', '-');

    /// <summary>Sign, name and flags; flags that have no room are counted.</summary>
    public static string WithFlags(HostStatus status, int room = int.MaxValue)
    {
        var state = $"{Sign(status)} {Name(status.State)}";
        var flags = status.Flags == StatusFlags.None ? [] : Flags(status).ToList();
        var text = string.Join(", ", flags.Prepend(state));
        for (var shown = flags.Count - 1; shown >= 0 && text.Length > room; shown--)
        {
            text = string.Join(", ", flags.Take(shown).Prepend(state).Append($"+{flags.Count - shown}"));
        }

        return text;
    }

    /// <summary>The flags of a host, those that somebody should look at first.</summary>
    public static IEnumerable<string> Flags(HostStatus status) => Flags(status.Flags);

    /// <summary>The words of flags, those that somebody should look at first.</summary>
    public static IEnumerable<string> Flags(StatusFlags flags) =>
        new[]
        {
            (StatusFlags.BuildFailed, "build failed"),
            (StatusFlags.Degraded, "degraded"),
            (StatusFlags.Drift, "drift"),
            (StatusFlags.BootedOld, "booted old"),
            (StatusFlags.Unreadable, "unreadable"),
            (StatusFlags.SecretsLocked, "secrets locked"),
            (StatusFlags.Stuck, "stuck"),
            (StatusFlags.Overdue, "overdue"),
            (StatusFlags.RebootPending, "reboot pending"),
            (StatusFlags.Paused, "paused"),
            (StatusFlags.Frozen, "frozen"),
            (StatusFlags.Held, "held"),
            (StatusFlags.Pinned, "pinned"),
        }
        .Where(flag => flags.HasFlag(flag.Item1)).Select(flag => flag.Item2);

    private static string Sign(HostStatus status) => status.State.Weight() switch
    {
        _ when status.NeedsAttention => "!",
        StateWeight.Well => "=",
        StateWeight.Moving => "~",
        _ => "!",
    };
}
