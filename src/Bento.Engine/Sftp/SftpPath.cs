namespace Bento.Sftp;

/// <summary>Paths as a server takes them. Pure. A path that does not begin with a slash begins where the login lands.</summary>
internal static class SftpPath
{
    /// <summary>Where the login lands.</summary>
    public const string Here = ".";

    public static string Join(string directory, string name) =>
        name.Length == 0 ? directory : directory switch { Here => name, "/" => $"/{name}", _ => $"{directory}/{name}" };

    /// <summary>The directories between a root, which is left out, and a path below it, which is too.</summary>
    public static IEnumerable<string> Between(string root, string relative)
    {
        for (var slash = relative.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = relative.IndexOf('/', slash + 1))
        {
            yield return Join(root, relative[..slash]);
        }
    }
}
