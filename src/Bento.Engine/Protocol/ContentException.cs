namespace Bento.Protocol;

/// <summary>Fetched content is not what its release says, or is nothing that may be unpacked.</summary>
internal sealed class ContentException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>
    /// Whether it may be right the next time: what is missing or damaged on the server can be put back, an archive that is what was signed
    /// stays as it is.
    /// </summary>
    public bool IsTransient { get; init; }
}
