using System.Globalization;

namespace Bento.Files;

/// <summary>
/// Whether a path belongs to somebody else than root, while root uses it: its owner would decide which programs root runs, which keys it
/// takes, and what it remembers. As git's <c>safe.directory</c>.
/// </summary>
internal static class ForeignOwner
{
    /// <summary>Who called root: that user has its rights already.</summary>
    private const string InvokerVariable = "SUDO_UID";

    /// <summary>
    /// The number of the owner; null when the path is root's or of the user who became root, or not there, or this is not root.
    /// </summary>
    public static uint? Find(string path) => Environment.IsPrivilegedProcess && FileStatus.ReadTarget(path) is { } status
        ? Judge(status.Owner.UserId, Environment.GetEnvironmentVariable(InvokerVariable))
        : null;

    /// <param name="owner">Who owns the path.</param>
    /// <param name="invoker">The number of the user who called root by sudo; null for nobody.</param>
    public static uint? Judge(uint owner, string? invoker) =>
        owner == 0 || (uint.TryParse(invoker, CultureInfo.InvariantCulture, out var user) && user == owner) ? null : owner;
}
