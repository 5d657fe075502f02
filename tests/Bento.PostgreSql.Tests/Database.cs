using Bento.TestBench.Postgres;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Bento.PostgreSql.Tests.Database))]

namespace Bento.PostgreSql.Tests;

/// <summary>One real server for all tests, with the tables applied in one database. Each test has a fleet of its own there.</summary>
public sealed class Database : IAsyncLifetime
{
    private PostgresServer? _server;
    private string _name = string.Empty;

    public PostgresServer Server
    {
        get
        {
            Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed (apt-get install postgresql)");
            return _server!;
        }
    }

    /// <summary>The database with the tables.</summary>
    public string Name => Server is not null ? _name : string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.IsInstalled)
        {
            _server = PostgresServer.StartNew();
            _name = _server.CreateDatabase();
            await using var services = Services("setup");
            _ = await services.GetRequiredService<PostgreSqlSchema>().ApplyAsync();
        }
    }

    /// <summary>Makes what an application has that uses the store: a process of its own.</summary>
    public ServiceProvider Services(string fleet, string? database = null, Action<PostgreSqlOptions>? configure = null)
    {
        var connection = Server.ConnectionTo(database ?? _name);
        var services = new ServiceCollection();
        services.AddBento(options =>
        {
            options.Directory = "/nonexistent";
            options.Fleet = fleet;
        }).UsePostgreSql(options =>
        {
            options.Connection = connection;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
