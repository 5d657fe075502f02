using Bento.Files;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>
/// The directory <c>secrets/</c> of a configuration directory: files in it go to every host of the directory, a directory in it is named
/// like a host, and goes to that host alone.
/// </summary>
internal sealed class SecretsDirectory(string configurationDirectory, string name = BentoFiles.SecretsDirectory)
{
    /// <summary>What an editor or a version control leaves beside the secrets.</summary>
    private static readonly IgnoreRules Ignored = IgnoreRules.Default.With([".gitignore", ".gitkeep"]);

    private const UnixFileMode NotForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _directory = Path.Join(configurationDirectory, name);

    /// <summary>That of a configuration directory.</summary>
    public static SecretsDirectory Of(ConfigurationDirectory configuration) => new(configuration.FullPath, configuration.SecretsName);

    /// <summary>The real paths of the directories that hold the secrets of a fleet: nothing in them is ever part of a tree.</summary>
    /// <remarks>Also those of directories below <c>hosts/</c> that describe no host, today or in this layout: what lies there was meant to
    /// be a secret.</remarks>
    public static IReadOnlySet<string> FindAll(
        string bentoDirectory, IEnumerable<ConfigurationDirectory> directories, string name = BentoFiles.SecretsDirectory) => directories
        .Select(directory => directory.FullPath)
        .Concat(Path.Join(bentoDirectory, BentoFiles.HostsDirectory) is var hosts && Directory.Exists(hosts)
            ? Directory.EnumerateDirectories(hosts)
            : [])
        .Select(path => Path.Join(path, name))
        .Where(Directory.Exists)
        .Select(RealPath.Find)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether it gives anything to its group or to others: what OpenSSH asks of a private key.</summary>
    public bool IsOpenToOthers =>
        FileStatus.ReadTarget(_directory) is { Kind: FileKind.Directory } status && (status.Mode & NotForOthers) != 0;

    /// <summary>The directories in it that are named like none of these hosts: nobody would get what is in them.</summary>
    public IReadOnlyList<string> Strays(IReadOnlyCollection<HostName> hosts) => Directory.Exists(_directory)
        ? [.. Directory.EnumerateDirectories(_directory)
            .Select(path => Path.GetFileName(path))
            .Where(name => !Ignored.IsIgnored(name, isDirectory: true) && hosts.All(host => host.ToString() != name))
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The secrets of a host, in ordinal order of their paths.</summary>
    /// <exception cref="SecretException">Something in it cannot be a secret.</exception>
    public IReadOnlyList<SecretSource> Find(HostName host)
    {
        if (!Directory.Exists(_directory))
        {
            return [];
        }

        var sources = new List<SecretSource>();
        foreach (var name in Names(_directory).Where(name => !IsDirectory(name)))
        {
            Add(Path.Join(_directory, name), name, sources);
        }

        var own = Path.Join(_directory, host.ToString());
        if (Directory.Exists(own))
        {
            foreach (var name in Names(own))
            {
                Add(Path.Join(own, name), name, sources);
            }
        }

        var twice = sources.GroupBy(source => source.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? [.. sources.OrderBy(source => source.Path, StringComparer.Ordinal)]
            : throw new SecretException(
                $"The secret '{twice.Key}' is there twice: for every host of the directory, and for '{host}' alone.")
            {
                NextStep = "Rename or remove one of them.",
            };
    }

    private bool IsDirectory(string name) => FileStatus.Read(Path.Join(_directory, name)) is { Kind: FileKind.Directory };

    private static void Add(string fullPath, string path, List<SecretSource> sources)
    {
        if (!SecretGrammar.IsPath(path))
        {
            throw new SecretException(
                $"'{PlainText.OfLine(fullPath)}' cannot be the name of a secret: letters, digits, '.', '_', '-', '@' and '+', 128 "
                    + "characters at most. What no terminal shows is left out here.");
        }

        switch (FileStatus.Read(fullPath))
        {
            case { Kind: FileKind.Directory }:
                foreach (var name in Names(fullPath))
                {
                    Add(Path.Join(fullPath, name), $"{path}/{name}", sources);
                }

                break;
            case { Kind: FileKind.File }:
                sources.Add(new SecretSource(path, fullPath));
                break;
            case { } other:
                throw new SecretException($"'{fullPath}' is {other.Description}: a secret is a plain file.")
                {
                    NextStep = "Put a copy of the file there.",
                };
        }
    }

    private static IEnumerable<string> Names(string directory) => Directory.EnumerateFileSystemEntries(directory)
        .Select(path => Path.GetFileName(path))
        .Where(name => !Ignored.IsIgnored(name, isDirectory: false));
}
