using Bento.Fleets;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>Two fleets of one application share a database, and see nothing of each other.</summary>
public sealed class SeveralFleetsTests(Database database) : IAsyncDisposable
{
    private readonly ServiceProvider _process = Process(database);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Each_has_its_own_hosts()
    {
        var token = TestContext.Current.CancellationToken;
        await using var home = _process.GetRequiredService<IFleetFactory>().Open("home");
        await using var office = _process.GetRequiredService<IFleetFactory>().Open("office");

        _ = await home.Services.GetRequiredService<IStatusStore>().UpdateAsync(
            HostName.Parse("web"), record => record with { HeartbeatReceived = DateTimeOffset.UnixEpoch }, token);

        Assert.Single(await home.Services.GetRequiredService<PostgreSqlRecords>().ListAsync(cancellationToken: token));
        Assert.Empty(await office.Services.GetRequiredService<PostgreSqlRecords>().ListAsync(cancellationToken: token));
    }

    private static ServiceProvider Process(Database database)
    {
        var connection = database.Server.ConnectionTo(database.Name);
        var services = new ServiceCollection();
        foreach (var name in new[] { "home", "office" })
        {
            _ = services.AddBento(name, bento => bento
                .ConfigureFleet(options => (options.Directory, options.Fleet) = ("/nonexistent", $"{name}-{Guid.NewGuid():N}"))
                .UsePostgreSql(options => options.Connection = connection));
        }

        return services.BuildServiceProvider();
    }
}
