namespace Bento.TestBench;

/// <summary>A directory that the real git looks after, whatever the settings of whoever runs the tests say.</summary>
public sealed class GitRepository(string directory)
{
    private static readonly string[] Settings =
        [
            "-c",
            "user.name=Operator",
            "-c",
            "user.email=operator@example.org",
            "-c",
            "commit.gpgSign=false",
            "-c",
            "protocol.file.allow=always",
        ];

    public string Directory { get; } = directory;

    /// <summary>Makes a repository of a directory.</summary>
    public static GitRepository Init(string directory)
    {
        var repository = new GitRepository(directory);
        _ = repository.Run("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    public string Run(params string[] arguments) => Shell.Run("git", [.. Settings, "-C", Directory, .. arguments]);

    /// <summary>Commits everything that git does not ignore.</summary>
    /// <returns>The commit.</returns>
    public string Commit(string subject)
    {
        _ = Run("add", "--all");
        _ = Run("commit", "--quiet", "--allow-empty", "--message", subject);
        return Run("rev-parse", "HEAD").Trim();
    }
}
