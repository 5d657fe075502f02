using Bento.Files;

namespace Bento.Transport;

/// <summary>Which account of the server may be that of a host. Pure.</summary>
/// <remarks>
/// A host may bear any name, and servers have accounts called <c>mail</c> or <c>backup</c>: such a host would read and write as the
/// service.
/// </remarks>
internal static class HostAccountRule
{
    /// <summary>The system group of all hosts, unless sshd was told of another.</summary>
    public const string DefaultGroup = "bento-hosts";

    /// <summary>Numbers below this are given by the distribution, to services.</summary>
    private const uint FirstFreeId = 100;

    private const uint Nobody = 65534;

    /// <summary>What to do about an account that is not the host's: nothing that would make it one.</summary>
    private const string NextStep = "Give the host another name: the account is left as it is.";

    /// <summary>Homes that mean that there is none.</summary>
    private static readonly string[] NoHomes = ["/", "/var/empty", "/nonexistent", "/dev/null"];

    /// <summary>Why the account of that name is not one of a host; null when it may be.</summary>
    /// <param name="user">The account.</param>
    /// <param name="isInGroup">Whether it is in the group of the hosts: then somebody said that it is one.</param>
    /// <param name="hasHome">Whether its home directory is there.</param>
    /// <param name="areas">The directory of the areas: bash bento had the home of a host there.</param>
    public static Objection? FindObjection(SystemUser user, bool isInGroup, bool hasHome, string areas) =>
        Reason(user, isInGroup, hasHome, areas) is { } reason ? new Objection(reason, NextStep) : null;

    /// <summary>The same for an account of this machine.</summary>
    public static Objection? FindObjection(SystemUser user, string areas) =>
        FindObjection(user, user.IsIn(DefaultGroup), Directory.Exists(user.Home), areas);

    private static string? Reason(SystemUser user, bool isInGroup, bool hasHome, string areas) => user switch
    {
        { Owner.UserId: 0 } => $"'{user.Name}' is root, and not the account of a host.",
        _ when isInGroup => null,
        { Owner.UserId: < FirstFreeId or Nobody } =>
            $"The account '{user.Name}' (user {user.Owner.UserId}) is that of a service of this server, and not of a host.",
        _ when hasHome && !NoHomes.Contains(user.Home) && !IsBelow(user.Home, areas) =>
            $"The account '{user.Name}' has a home directory, '{user.Home}', and so is that of a service or of a person, and not of a "
                + "host.",
        _ => null,
    };

    private static bool IsBelow(string path, string directory) =>
        path == directory || path.StartsWith($"{Path.TrimEndingDirectorySeparator(directory)}/", StringComparison.Ordinal);
}
