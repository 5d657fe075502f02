namespace Bento.Architecture.Tests;

/// <summary>Where the sources of this build lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory) => directory switch
    {
        null => throw new InvalidOperationException("These tests read the sources: run them from a build in the repository."),
        _ when File.Exists(Path.Join(directory.FullName, "Bento.sln")) => directory.FullName,
        _ => Find(directory.Parent),
    };
}
