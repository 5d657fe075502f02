using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Postgres;
using Bento.Testing.Fleet;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.PostgreSql.Tests;

/// <summary>A database that goes away, and one that was never there.</summary>
public sealed class AwayDatabaseTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgresServer? _server;

    public void Dispose() => _server?.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restart_in_the_middle_of_a_deploy_costs_a_moment_and_no_host(bool isPowerCut)
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed (apt-get install postgresql)");
        var server = _server = PostgresServer.StartNew();
        var name = server.CreateDatabase();
        _ = server.SqlFile(name, PostgreSqlSchema.Export());
        var restart = Task.CompletedTask;
        ScriptedFleet? deployed = null;
        using var fleet = deployed = new ScriptedFleet(hosts: 6, services =>
        {
            _ = services.AddBento().UsePostgreSql(options => options.Connection = server.ConnectionTo(name));
            _ = services.AddSingleton<ITransport>(new InMemoryTransport
            {
                Server = deployed!.Server,
                BeforeCall = (call, _) =>
                {
                    if (restart == Task.CompletedTask && call is { Operation: "write", Path: "release.json", Host: var host }
                        && host == deployed.Hosts[^1].Name)
                    {
                        server.Stop(isPowerCut);
                        restart = Task.Run(server.Start, Token);
                    }

                    return Task.CompletedTask;
                },
            });
        });
        foreach (var host in fleet.Hosts)
        {
            Assert.True((await fleet.PublishAsync(host, cancellationToken: Token))!.IsSuccess);
            Assert.NotNull(await host.PollAsync(Token));
        }

        await restart;
        Assert.NotSame(Task.CompletedTask, restart);
        Assert.All(await fleet.ReadStatusAsync(Token), row => Assert.Equal(HostState.UpToDate, row.State));
        await using var process = fleet.CreateOperator();
        Assert.Equal(6, (await process.GetRequiredService<IStatusStore>().ListAsync(Token)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_that_is_not_there_is_named_and_its_password_is_not()
    {
        await using var process = Process("Host=127.0.0.1;Port=1;Database=bento;Username=bento;Password=opensesame");

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => process.GetRequiredService<IStatusStore>().ListAsync(Token));

        Assert.Contains("bento at 127.0.0.1:1", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Whoever_waits_for_a_database_is_told()
    {
        var told = new Told();
        var services = new ServiceCollection();
        _ = services.AddSingleton<IProgress<ConnectionWait>>(told);
        services.AddBento(options => options.Directory = "/nonexistent").UsePostgreSql(options =>
        {
            options.Connection = "Host=127.0.0.1;Port=1;Database=bento;Username=bento";
            options.RetryFor = TimeSpan.FromSeconds(5);
        });
        await using var process = services.BuildServiceProvider();

        await Assert.ThrowsAsync<StatusStoreException>(() => process.GetRequiredService<IStatusStore>().ListAsync(Token));

        Assert.Equal("bento at 127.0.0.1:1", Assert.Single(told.Waits).Server);
    }

    [Fact]
    public async Task What_is_no_connection_string_is_said_without_quoting_it()
    {
        await using var process = Process("opensesame=yes");

        var exception = Assert.Throws<OptionsValidationException>(() => process.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Host=db", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("opensesame", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_may_lie_in_a_file_and_one_that_is_missing_is_named_until_it_is_there()
    {
        using var directory = new TempDirectory();
        await using var process = Process(string.Empty, directory["connection"]);

        var missing = await Assert.ThrowsAsync<StatusStoreException>(
            () => process.GetRequiredService<IStatusStore>().ListAsync(Token));
        _ = directory.WriteFile("connection", "Host=127.0.0.1;Port=1;Database=fromfile;Username=bento\n");
        var away = await Assert.ThrowsAsync<StatusStoreException>(() => process.GetRequiredService<IStatusStore>().ListAsync(Token));

        Assert.Contains(directory["connection"], missing.Message, StringComparison.Ordinal);
        Assert.Contains("fromfile at 127.0.0.1:1", away.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Process(string connection, string? file = null)
    {
        var services = new ServiceCollection();
        services.AddBento(options => options.Directory = "/nonexistent").UsePostgreSql(options =>
        {
            options.Connection = connection;
            options.ConnectionFile = file;
            options.RetryFor = TimeSpan.Zero;
        });
        return services.BuildServiceProvider();
    }

    private sealed class Told : IProgress<ConnectionWait>
    {
        public List<ConnectionWait> Waits { get; } = [];

        public void Report(ConnectionWait value) => Waits.Add(value);
    }
}
