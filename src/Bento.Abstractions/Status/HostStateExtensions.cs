namespace Bento.Status;

/// <summary>What follows from a state.</summary>
public static class HostStateExtensions
{
    /// <summary>How a state is to be taken.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Whether all is well, it goes on by itself, or somebody should look.</returns>
    public static StateWeight Weight(this HostState state) => state switch
    {
        HostState.UpToDate or HostState.AutoUpdated => StateWeight.Well,
        HostState.NewMachine
            or HostState.SyncPending
            or HostState.RebuildPending
            or HostState.Updating
            or HostState.Unpublished
            or HostState.Removed => StateWeight.Moving,
        _ => StateWeight.Wrong,
    };
}
