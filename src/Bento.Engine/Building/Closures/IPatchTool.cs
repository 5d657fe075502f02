namespace Bento.Building.Closures;

/// <summary>Makes patches between Nix archives, and applies them.</summary>
/// <remarks>Safe for concurrent calls. A failure costs bytes and nothing else: the whole file of a path is always there.</remarks>
internal interface IPatchTool
{
    /// <summary>The largest sum of old and new archive for which a patch is made: whoever applies it has both in memory.</summary>
    const long MaxBytes = 256 << 20;

    /// <summary>Whether this machine has what it needs.</summary>
    Task<bool> IsThereAsync(CancellationToken cancellationToken);

    /// <summary>Unpacks a compressed archive.</summary>
    /// <returns>Whether it did.</returns>
    Task<bool> UnpackAsync(string packed, string archive, CancellationToken cancellationToken);

    /// <summary>Makes what leads from one archive to another.</summary>
    /// <returns>Whether it did.</returns>
    Task<bool> MakeAsync(string before, string after, string patch, CancellationToken cancellationToken);

    /// <summary>Makes the other archive again. Whoever calls compares it with its hash.</summary>
    /// <param name="before">The archive that the patch begins with.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="after">The file that it writes.</param>
    /// <param name="bytes">How long the other archive is: no more than that is kept in memory beside the first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it did.</returns>
    Task<bool> ApplyAsync(string before, string patch, string after, long bytes, CancellationToken cancellationToken);
}
