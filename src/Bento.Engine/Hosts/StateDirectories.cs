using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>Where the publisher keeps its records.</summary>
internal sealed class StateDirectories(IOptions<BentoOptions> options)
{
    private const string GitIgnore = ".gitignore";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root = options.Value.StateDirectory ?? Path.Join(options.Value.Directory, BentoFiles.StateDirectory);

    /// <summary>What evaluation said.</summary>
    public string Evaluations => Path.Join(_root, "evaluations");

    /// <summary>Releases and accepted reports.</summary>
    public string Records => Path.Join(_root, "hosts");

    /// <summary>Copies of the logs of accepted attempts.</summary>
    public string Logs => Path.Join(_root, "logs");

    /// <summary>The hosts of the fleet.</summary>
    public string Roster => Path.Join(_root, "fleet");

    /// <summary>The hosts whose last build failed.</summary>
    public string FailedBuilds => Path.Join(_root, "failed-builds");

    /// <summary>Links that keep built systems from being collected.</summary>
    public string Roots => Path.Join(_root, "roots");

    /// <summary>Encrypted secrets, and how to tell whether they changed.</summary>
    public string Secrets => Path.Join(_root, "secrets");

    /// <summary>Closures of hosts that build nothing, where areas are not on this machine.</summary>
    public string Closures => Path.Join(_root, "closures");

    /// <summary>Releases that wait for signatures, and their content.</summary>
    public string Staged => Path.Join(_root, "staged");

    /// <summary>The rollout that is going on, and what its waves publish.</summary>
    public string Rollout => Path.Join(_root, "rollout");

    /// <summary>What was told to whom.</summary>
    public string Notified => Path.Join(_root, "notified.json");

    /// <summary>Snapshots and archives of the operation that runs.</summary>
    public string Work => Path.Join(_root, "work");

    /// <summary>Makes the directory that all of them lie in.</summary>
    public void Prepare() => Prepare(_root);

    /// <summary>
    /// Makes a state directory that no <c>git add</c> takes: neither keys nor the records of a fleet belong in a repository.
    /// </summary>
    /// <param name="root">The directory.</param>
    public static void Prepare(string root)
    {
        _ = Directory.CreateDirectory(root, Private);
        var ignore = Path.Join(root, GitIgnore);
        if (Path.Exists(ignore))
        {
            return;
        }

        try
        {
            using var file = new FileStream(ignore, FileMode.CreateNew, FileAccess.Write);
            file.Write("*\n"u8);
        }
        catch (IOException) when (Path.Exists(ignore))
        {
            // Another operation was faster.
        }
    }
}
