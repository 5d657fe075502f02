namespace Bento.Testing.Transport;

/// <summary>What a transport cannot do. The suite skips what needs it, and says so; a limit that is not true fails.</summary>
[Flags]
public enum TransportLimits
{
    /// <summary>It can do all that the contract names.</summary>
    None = 0,

    /// <summary>There is nothing in an area but files and directories: an object store has no links.</summary>
    NoLinks = 1,

    /// <summary>Its areas are not <see cref="Bento.Transport.IRangedArea"/>: files are read from their beginning.</summary>
    NoRanges = 2,

    /// <summary>Connecting asks nobody, so it cannot fail: what is wrong shows at the first call.</summary>
    AlwaysThere = 4,
}
