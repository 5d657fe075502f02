namespace Bento.Engine.Tests.Building.Errors;

/// <summary>What real programs of Nix printed when things went wrong: see Recorded/record.sh.</summary>
internal static class RecordedNix
{
    /// <summary>The versions that were recorded.</summary>
    public static readonly string[] Versions = ["2.8", "2.26", "2.34"];

    /// <summary>Standard error and exit code of an evaluation.</summary>
    public static (string Error, int ExitCode) Evaluation(string version, string name) => Read($"evaluation.{version}.txt", name);

    /// <summary>Standard error of a build, by line.</summary>
    public static IReadOnlyList<string> Build(string version, string name) => Read($"build.{version}.txt", name).Error.Split('\n');

    /// <summary>All cases of a kind.</summary>
    public static IEnumerable<string> Names(string kind, string version) =>
        File.ReadLines(PathOf($"{kind}.{version}.txt"))
            .Where(line => line.StartsWith("=== ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]);

    private static (string Error, int ExitCode) Read(string file, string name)
    {
        var lines = File.ReadLines(PathOf(file))
            .SkipWhile(line => !line.StartsWith($"=== {name} exit=", StringComparison.Ordinal))
            .ToList();
        Assert.True(lines.Count > 0, $"{file} has no {name}.");
        return (
            string.Join('\n', lines.Skip(1).TakeWhile(line => !line.StartsWith("=== ", StringComparison.Ordinal))),
            int.Parse(lines[0].Split('=')[^1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string PathOf(string file) => Path.Join(AppContext.BaseDirectory, "Building", "Recorded", file);
}
