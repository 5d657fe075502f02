using System.Xml.Linq;

namespace Bento.TestBench;

/// <summary>The work tree that the tests were built in: its documents, its sources and what was built.</summary>
public static class Repository
{
    /// <summary>The root of the work tree.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>How the running tests were built: <c>debug</c> or <c>release</c>.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>A property of Directory.Build.props.</summary>
    public static string Property(string name) => XDocument.Load(PathTo("Directory.Build.props")).Descendants(name).Single().Value;

    public static string PathTo(string relative) => Path.Join(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathTo(relative));

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(directory, "Bento.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("Bento.sln is nowhere above the tests.");
        }

        return directory;
    }
}
