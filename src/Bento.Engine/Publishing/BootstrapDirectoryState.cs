namespace Bento.Publishing;

/// <summary>What lies in the <c>config/</c> of an area.</summary>
internal enum BootstrapDirectoryState
{
    /// <summary>Nothing, or it is not there.</summary>
    Empty,

    /// <summary>The script for hosts without an agent, and nothing else.</summary>
    HasScript,

    /// <summary>Something that is not published there.</summary>
    HasOthers,
}
