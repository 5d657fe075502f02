using Bento.Publishing;
using Bento.Status;
using Bento.TestBench.Postgres;
using Bento.Testing.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>
/// The whole contract behind a pooler that takes a connection away after each transaction. It cannot tell of changes: a watch looks at its
/// interval.
/// </summary>
public sealed class PoolerTests(Database database) : StatusStoreContract
{
    private readonly string _fleet = $"t{Guid.NewGuid():N}";
    private readonly List<ServiceProvider> _processes = [];
    private Pooler? _pooler;

    [Fact(Timeout = 60_000)]
    public async Task Publishers_exclude_each_other_and_nobody_waits_for_who_publishes()
    {
        var other = await OpenAsync();
        await using (await Store.LockAsync("alice@admin1, process 7", Token))
        {
            var exception = await Assert.ThrowsAsync<PublishLockedException>(() => other.LockAsync("bob", Token));
            Assert.Equal("alice@admin1, process 7", exception.Holder);
            Assert.Empty(await other.ListAsync(Token));
        }

        await using var second = await other.LockAsync("bob", Token);
    }

    protected override Task PrepareAsync()
    {
        var server = database.Server;
        Assert.SkipUnless(Pooler.IsInstalled, "PgBouncer is not installed (apt-get install pgbouncer)");
        _pooler = new Pooler(server);
        return Task.CompletedTask;
    }

    protected override Task<IStatusStore> OpenAsync()
    {
        var services = database.Services(_fleet, configure: options =>
        {
            options.Connection = _pooler!.ConnectionTo(database.Name);
            options.Listen = false;
        });
        _processes.Add(services);
        return Task.FromResult(services.GetRequiredService<IStatusStore>());
    }

    protected override async ValueTask CleanUpAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _pooler?.Dispose();
    }
}
