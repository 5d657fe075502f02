using Bento.Status;

namespace Bento.Cli.Rendering;

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
        HostState.AutoUpdated => "auto updated",
        HostState.ExtraLogs => "extra logs",
        HostState.Failing => "failing",
        HostState.RolledBack => "rollbacked",
        HostState.Refused => "refused",
        HostState.Silent => "silent",
        HostState.Removed => "removed",
        _ => "no release yet",
    };

    public static string Sign(HostState state) => state.Weight() switch
    {
        StateWeight.Well => "=",
        StateWeight.Moving => "~",
        _ => "!",
    };
}
