namespace Bento.Transport;

/// <summary>Who owns the areas below a local directory.</summary>
public enum AreaOwnership
{
    /// <summary>
    /// Whoever runs Bento; nobody else reads them. For a single user, for tests, and where something else serves the files.
    /// </summary>
    CurrentUser,

    /// <summary>
    /// Root, readable by the group of the system user that is called like the host; <c>logs/</c> belongs to that user. What an sshd with
    /// <c>ChrootDirectory</c> needs. Only root can write such areas.
    /// </summary>
    SystemUsers,
}
