namespace Bento.Architecture.Tests;

public sealed class SourceFilesTests
{
    private const int MaxColumns = 140;
    private const int MaxLines = 300;

    public static TheoryData<string> Directories => ["src", "tests", "samples", "eng"];

    /// <summary>Raw text may be wider: data is written as it is.</summary>
    [Theory]
    [MemberData(nameof(Directories))]
    public void No_line_of_code_is_longer_than_140_columns(string directory) =>
        Assert.Empty(
            Files(directory).SelectMany(file => TooLong(file).Select(line => $"{Path.GetRelativePath(Repository.Root, file)}:{line}")));

    [Theory]
    [MemberData(nameof(Directories))]
    public void No_file_has_more_than_300_lines(string directory) => Assert.Empty(
        Files(directory).Where(file => File.ReadLines(file).Count() > MaxLines)
            .Select(file => Path.GetRelativePath(Repository.Root, file)));

    private static IEnumerable<string> Files(string directory)
    {
        var files = Directory.EnumerateFiles(Path.Join(Repository.Root, directory), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        return files.Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
    }

    private static IEnumerable<int> TooLong(string file)
    {
        var (isRaw, number) = (false, 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var marks = line.Split("\"\"\"").Length - 1;
            if (line.Length > MaxColumns && !isRaw && marks == 0)
            {
                yield return number;
            }

            isRaw ^= marks % 2 == 1;
        }
    }
}
