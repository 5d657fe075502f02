namespace Dashboard.List;

/// <summary>What the list of hosts is sorted by.</summary>
public enum FleetOrder
{
    /// <summary>What needs attention first.</summary>
    State,
    Host,
    Release,
    Since,
    Seen,
}
