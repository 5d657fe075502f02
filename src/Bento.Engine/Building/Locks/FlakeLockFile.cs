using System.Text.Json;
using Bento.Files;

namespace Bento.Building.Locks;

/// <summary>The file <c>flake.lock</c> of a directory.</summary>
internal static class FlakeLockFile
{
    private const string Name = "flake.lock";
    private const UnixFileMode NewMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <returns>What it says; null when there is none, or Nix would not read it either.</returns>
    public static FlakeLock? Read(string directory)
    {
        var path = Path.Join(directory, Name);
        try
        {
            return GivenFile.ReadAll(path) is { } bytes ? FlakeLock.Parse(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Looks whether there is a lock file that nobody can read, such as one with the marks of an unresolved merge.</summary>
    /// <returns>What is wrong and what to do; null when it can be read, or there is none.</returns>
    public static string? FindProblem(string directory)
    {
        var path = Path.Join(directory, Name);
        if (!File.Exists(path) || Read(directory) is not null)
        {
            return null;
        }

        return GivenFile.ReadText(path)!.Split('\n').Any(line => line.StartsWith("<<<<<<<", StringComparison.Ordinal))
            ? "flake.lock has the marks of a merge that is not resolved. Resolve it: git checkout --theirs or --ours flake.lock."
            : "flake.lock is not a lock file. Restore it, or remove it and run 'nix flake lock'.";
    }

    /// <summary>Forgets what is locked, or what one input is locked to, so that Nix locks it anew.</summary>
    public static void Forget(string directory, string? input)
    {
        var path = Path.Join(directory, Name);
        if (input is not null && Read(directory) is { } known)
        {
            File.WriteAllBytes(path, known.Without(input));
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Replaces it by that of another directory. It stays its owner's, also when root does this, and a link to it stays a link.
    /// </summary>
    public static void Take(string directory, string from)
    {
        var path = Path.Join(directory, Name);
        path = RealPath.Find(path) ?? path;
        var before = FileStatus.Read(path);
        var owner = before?.Owner ?? FileStatus.Read(directory)?.Owner;
        DurableFile.Write(
            path,
            GivenFile.ReadAll(Path.Join(from, Name)) ?? throw new FileNotFoundException($"There is no '{Path.Join(from, Name)}'."),
            before?.Mode ?? NewMode,
            owner == FileOwner.Current ? null : owner);
    }
}
