using Bento.Status;

namespace Dashboard.List;

/// <summary>The words and signs for states, as <c>bento status</c> has them.</summary>
internal static class StateWords
{
    /// <summary>The states as addresses write them.</summary>
    public static IReadOnlyDictionary<string, HostState> Slugs { get; } =
        Enum.GetValues<HostState>().ToDictionary(state => Name(state).Replace(' ', '-'), StringComparer.Ordinal);

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

    public static IEnumerable<string> Flags(StatusFlags flags) => Enum.GetValues<StatusFlags>()
        .Where(flag => flag != StatusFlags.None && flags.HasFlag(flag))
        .Select(flag => flag switch
        {
            StatusFlags.RebootPending => "reboot pending",
            StatusFlags.BootedOld => "booted old",
            StatusFlags.BuildFailed => "build failed",
            StatusFlags.SecretsLocked => "secrets locked",
            _ => flag.ToString().ToLowerInvariant(),
        });

    /// <summary>The sign: it reads without colour.</summary>
    public static string Sign(StateWeight weight) => weight switch
    {
        StateWeight.Well => "✓",
        StateWeight.Moving => "↻",
        _ => "!",
    };

    /// <summary>The word for a group of states.</summary>
    public static string Name(StateWeight weight) => weight switch
    {
        StateWeight.Well => "well",
        StateWeight.Moving => "on their way",
        _ => "need attention",
    };

    /// <summary>Which group a host counts for.</summary>
    public static StateWeight WeightOf(HostStatus host) => host.NeedsAttention ? StateWeight.Wrong : host.State.Weight();
}
