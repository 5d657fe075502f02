using System.Globalization;

namespace Bento.Files;

/// <summary>Who publishes, for people: in the record of a release and in the lock.</summary>
internal static class LockOwner
{
    public static string Name => $"{Environment.UserName}@{Environment.MachineName}";

    public static string Holder(DateTimeOffset since) => string.Create(
        CultureInfo.InvariantCulture, $"{Name}, process {Environment.ProcessId}, since {since:yyyy-MM-dd HH:mm:ss} UTC");
}
