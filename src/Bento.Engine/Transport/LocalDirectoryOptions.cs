namespace Bento.Transport;

/// <summary>Where the areas lie when this machine serves them.</summary>
/// <remarks>Mutable while it is configured, then read once.</remarks>
public sealed class LocalDirectoryOptions
{
    /// <summary>The directory that holds an area for each host.</summary>
    /// <value>Required; an absolute path.</value>
    public string Directory { get; set; } = string.Empty;

    /// <summary>Who owns the areas.</summary>
    /// <value><see cref="AreaOwnership.CurrentUser"/> by default.</value>
    public AreaOwnership Ownership { get; set; }
}
