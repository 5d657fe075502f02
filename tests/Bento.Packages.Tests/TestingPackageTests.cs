using System.Text.RegularExpressions;

namespace Bento.Packages.Tests;

/// <summary>What somebody does who tests an own part with nothing but the package and its page.</summary>
public sealed class TestingPackageTests(PackageFeed feed)
{
    private const string OwnTransport =
        """

        /// <summary>Somebody's transport: it passes everything on to a server in memory.</summary>
        public sealed class OwnTransport : ITransport
        {
            private readonly InMemoryTransport _inner = new();

            public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken = default) =>
                _inner.ConnectAsync(cancellationToken);
        }

        """;

    [Fact(Timeout = 300_000)]
    public async Task The_suite_on_its_page_runs_in_a_fresh_project_and_all_of_it_passes()
    {
        var project = FreshProject.Create(feed, "Suite", "Microsoft.NET.Sdk", Suite() + OwnTransport, ["xunit.v3", "Bento.Testing"]);

        await project.BuildAsync();
        var output = await Dotnet.RunAsync(project.Program, project.Directory, new Dictionary<string, string?>(), "-noColor");

        Assert.True(Regex.IsMatch(output, "Total: [4-9][0-9], Errors: 0, Failed: 0, Skipped: [2-4],"), output);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_part_that_somebody_forgot_fails_the_run()
    {
        var forgotten = OwnTransport.Replace("class OwnTransport", "class Forgotten", StringComparison.Ordinal);
        var project = FreshProject.Create(
            feed, "Forgetful", "Microsoft.NET.Sdk", Suite() + OwnTransport + forgotten, ["xunit.v3", "Bento.Testing"]);

        await project.BuildAsync();
        using var run = Dotnet.Start(project.Program, project.Directory, new Dictionary<string, string?>(), "-noColor");
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, run.ExitCode);
        Assert.True(output.Contains("Forgotten has no suite: derive a class from AreaContract", StringComparison.Ordinal), output);
    }

    private string Suite()
    {
        var page = feed.Read("Bento.Testing", "README.md");
        var begin = page.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
    }
}
