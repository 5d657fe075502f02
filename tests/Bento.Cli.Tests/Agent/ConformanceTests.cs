using Bento.TestBench;

namespace Bento.Cli.Tests.Agent;

/// <summary>The example areas of docs/conformance, which a program wrote that knows nothing of Bento.</summary>
public sealed class ConformanceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private static string Areas => Repository.PathTo("docs/conformance/areas");

    [Fact(Timeout = 120_000)]
    public async Task The_example_areas_are_those_that_their_writer_writes()
    {
        Assert.SkipUnless(Shell.Try("python3", "--version").ExitCode == 0, "python3 is not installed");
        await Task.CompletedTask;

        Shell.Run("python3", Repository.PathTo("eng/conformance/make.py"), _directory["areas"]);

        Assert.Equal(Files(Areas), Files(_directory["areas"]));
    }

    [Fact(Timeout = 300_000)]
    public async Task Bentos_agent_takes_what_must_be_taken_and_refuses_the_rest_by_its_name()
    {
        var run = await RunAsync(Repository.PathTo("eng/conformance/bento.sh"));

        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.EndsWith("30 steps, 0 failed\n", run.Out, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_program_that_takes_everything_fails()
    {
        var subject = _directory.WriteFile("careless", "#!/bin/sh\necho Accepted\n");
        File.SetUnixFileMode(subject, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var run = await RunAsync(subject);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED rollback/2: expected Rollback, got 'Accepted'", run.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<CliProcess> RunAsync(string subject) => CliProcess.RunAsync(
        "sh",
        [Repository.PathTo("eng/conformance/run.sh"), subject],
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["BENTO"] = CliProcess.Program });

    private static SortedDictionary<string, string> Files(string root) => new(
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);
}
