namespace Bento.Protocol;

/// <summary>
/// The largest tree that a host unpacks (docs/protocol.md): a larger one is refused where it can still be fixed, before it is published.
/// </summary>
internal static class TreeLimits
{
    /// <summary>Files and directories together.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>Of all files together, unless a host says otherwise.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Names in one path.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters in one path.</summary>
    public const int MaxPathLength = 1024;
}
