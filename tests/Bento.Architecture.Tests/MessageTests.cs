namespace Bento.Architecture.Tests;

public sealed class MessageTests
{
    private static readonly string[] FilesOfProgram = ["bento.json", "agent.json"];

    private static readonly string[] Commands =
    [
        "agent", "build", "deploy", "diff", "doctor", "flake-update", "history", "host", "init", "logs", "plan", "publish", "refresh",
        "rollback", "server", "sign", "status", "store", "trust",
    ];

    /// <summary>
    /// An application may have its settings elsewhere: what it is told names the setting, and who reads a file says where.
    /// </summary>
    [Theory]
    [InlineData("Bento.Abstractions")]
    [InlineData("Bento.Engine")]
    [InlineData("Bento.Hosting")]
    [InlineData("Bento.PostgreSql")]
    public void No_message_of_a_library_names_the_file_of_a_setting(string project)
        => Assert.Empty(Lines(project, FilesOfProgram, except: "BentoFiles.cs"));

    /// <summary>A library says which operation it means (<c>NextStep.Verb</c>); an application says how its users start that.</summary>
    [Theory]
    [InlineData("Bento.Abstractions")]
    [InlineData("Bento.Engine")]
    [InlineData("Bento.Configuration")]
    [InlineData("Bento.Hosting")]
    [InlineData("Bento.PostgreSql")]
    public void No_message_of_a_library_names_a_command_of_the_program(string project)
        => Assert.Empty(Lines(project, [.. Commands.Select(command => $"bento {command}")]));

    private static IReadOnlyList<string> Lines(string project, IReadOnlyList<string> words, string? except = null)
    {
        var root = Path.Join(Repository.Root, "src", project);
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        return
        [
            .. files
                .Where(file => Path.GetFileName(file) != except)
                .SelectMany(file => File.ReadLines(file).Select((text, index) => (file, text, line: index + 1)))
                .Where(line => !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    && words.Any(word => line.text.Contains(word, StringComparison.Ordinal)))
                .Select(line => $"{Path.GetRelativePath(root, line.file)}:{line.line}"),
        ];
    }
}
