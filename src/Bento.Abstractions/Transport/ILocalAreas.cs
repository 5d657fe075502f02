namespace Bento.Transport;

/// <summary>What a transport may say besides: its areas lie in a directory of this machine.</summary>
/// <remarks>
/// A transport that implements it lets a watch notice changes at once instead of by looking, and lets the doctor examine owners, modes and
/// the space that is left. Thread-safe.
/// </remarks>
public interface ILocalAreas
{
    /// <summary>The directory that holds the area of each host, under the name of the host.</summary>
    /// <value>An absolute path.</value>
    string Directory { get; }
}
