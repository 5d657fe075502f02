using Bento.Status;
using Bento.Testing;
using Bento.Testing.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>The whole contract on a real server; every store is a process of its own, with connections of its own.</summary>
[Covers(typeof(PostgreSqlStatusStore))]
public sealed class PostgreSqlStatusStoreTests(Database database) : StatusStoreContract
{
    private readonly string _fleet = $"t{Guid.NewGuid():N}";
    private readonly List<ServiceProvider> _processes = [];

    protected override Task<IStatusStore> OpenAsync()
    {
        var services = database.Services(_fleet);
        _processes.Add(services);
        return Task.FromResult(services.GetRequiredService<IStatusStore>());
    }

    protected override async ValueTask CleanUpAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
