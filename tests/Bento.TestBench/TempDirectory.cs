namespace Bento.TestBench;

/// <summary>A directory of its own for a test, gone at dispose.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => FullPath = Directory.CreateTempSubdirectory("bento-test-").FullName;

    private TempDirectory(string parent) =>
        FullPath = Directory.CreateDirectory(Path.Join(parent, $"bento-test-{Guid.NewGuid():N}")).FullName;

    /// <summary>One in memory where the machine has such a place: what is synced to disk thousands of times there costs nothing.</summary>
    public static TempDirectory InMemory() => Directory.Exists("/dev/shm") ? new TempDirectory("/dev/shm") : new TempDirectory();

    public string FullPath { get; }

    public string this[string relativePath] => Path.Combine(FullPath, relativePath);

    public string WriteFile(string relativePath, string text = "")
    {
        var path = this[relativePath];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    // rm, because .NET cannot delete names that are no text.
    public void Dispose() => Shell.Try("rm", "-rf", "--one-file-system", FullPath);
}
