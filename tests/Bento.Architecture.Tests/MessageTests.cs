namespace Bento.Architecture.Tests;

public sealed class MessageTests
{
    private static readonly string[] FilesOfProgram = ["bento.json", "agent.json"];

    /// <summary>
    /// An application may have its settings elsewhere: what it is told names the setting, and who reads a file says where.
    /// </summary>
    [Theory]
    [InlineData("Bento.Abstractions")]
    [InlineData("Bento.Engine")]
    public void No_message_of_a_library_names_the_file_of_a_setting(string project)
    {
        var root = Path.Join(Repository.Root, "src", project);
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files
            .Where(file => Path.GetFileName(file) != "BentoFiles.cs")
            .SelectMany(file => File.ReadLines(file).Select((text, index) => (file, text, line: index + 1)))
            .Where(line => !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
                && FilesOfProgram.Any(name => line.text.Contains(name, StringComparison.Ordinal)))
            .Select(line => $"{Path.GetRelativePath(root, line.file)}:{line.line}"));
    }
}
