namespace Bento.Cli.Status;

/// <summary>How the rows of a table are ordered; rows that are equal in it by their hosts.</summary>
internal enum StatusOrder
{
    /// <summary>By name.</summary>
    Host,

    /// <summary>What needs attention first, then by state.</summary>
    State,

    /// <summary>The youngest state first.</summary>
    Since,

    /// <summary>Who was heard longest ago first.</summary>
    Seen,

    /// <summary>The highest number of a release first.</summary>
    Release,
}
