using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Postgres;

namespace Bento.Cli.Tests.Store;

/// <summary>The tables of a real PostgreSQL, by the program.</summary>
public sealed class StoreCommandTests : IDisposable
{
    private readonly TempDirectory _fleet = new();
    private PostgresServer? _server;

    public void Dispose()
    {
        _server?.Dispose();
        _fleet.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_fleet_whose_database_has_no_tables_is_told_so_gets_them_on_request_and_works_then()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed (apt-get install postgresql)");
        _server = PostgresServer.StartNew();
        var name = _server.CreateDatabase();
        _ = _fleet.WriteFile("connection", _server.ConnectionTo(name) + "\n");
        _ = _fleet.WriteFile("bento.json", """{ "store": { "connectionFile": "connection" } }""");
        _ = Directory.CreateDirectory(_fleet["hosts"]);

        var status = await CliRun.RunAsync(_fleet.FullPath, "status");
        var before = await CliRun.RunAsync(_fleet.FullPath, "store", "check");
        var applied = await CliRun.RunAsync(_fleet.FullPath, "store", "apply");
        var again = await CliRun.RunAsync(_fleet.FullPath, "store", "apply");
        var after = await CliRun.RunAsync(_fleet.FullPath, "store", "check");
        var works = await CliRun.RunAsync(_fleet.FullPath, "status");

        Assert.Equal(ExitCodes.Machine, status.ExitCode);
        Assert.Contains("has no tables yet", status.Error, StringComparison.Ordinal);
        Assert.Contains("bento store apply", status.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Machine, before.ExitCode);
        Assert.Contains($"{name} at ", before.Out, StringComparison.Ordinal);
        Assert.Contains("no tables yet. Next: bento store apply", before.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (applied.ExitCode, again.ExitCode));
        Assert.EndsWith(": version 1.\n", applied.Out, StringComparison.Ordinal);
        Assert.EndsWith(": version 1 already.\n", again.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, after.ExitCode);
        Assert.DoesNotContain("tables", works.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_script_is_printed_without_a_fleet()
    {
        var run = await CliRun.RunAsync(_fleet.FullPath, "store", "export");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        Assert.StartsWith("BEGIN;\n", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("COMMIT;\n", run.Out, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fleet_with_records_in_files_has_no_tables()
    {
        _ = _fleet.WriteFile("bento.json", "{ }");

        var run = await CliRun.RunAsync(_fleet.FullPath, "store", "check");

        Assert.Equal((ExitCodes.Configuration, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains("This fleet keeps its records in files", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "store": { "listen": true } }""", "store.connection: It is missing")]
    [InlineData("""{ "store": { "connection": "opensesame=1" } }""", "store.connection: Expected a connection string")]
    [InlineData("""{ "store": { "connection": "Host=db", "connectionFile": "file" } }""", "store.connection: It stands here and in a file")]
    [InlineData("""{ "store": { "connection": "Host=db", "retrySeconds": 601 } }""", "store.retrySeconds")]
    public async Task What_is_wrong_is_said_by_setting_and_never_quotes_the_connection(string settings, string words)
    {
        _ = _fleet.WriteFile("bento.json", settings);

        var run = await CliRun.RunAsync(_fleet.FullPath, "store", "check");

        Assert.Equal((ExitCodes.Configuration, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", run.Error, StringComparison.Ordinal);
    }
}
