using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>A fleet that had its records in files, and a real server.</summary>
public sealed class MovingFromFilesTests(Database database) : IDisposable
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    private readonly TempDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Records_and_logs_are_taken_along_once_and_what_the_database_knows_stays()
    {
        await using var files = Files();
        await using var services = database.Services($"t{Guid.NewGuid():N}");
        var (from, to) = (files.GetRequiredService<IStatusStore>(), services.GetRequiredService<IStatusStore>());
        var web = await from.UpdateAsync(Web, _ => Beaten(1), Token);
        await from.UpdateAsync(Db, _ => Beaten(2), Token);
        var known = await to.UpdateAsync(Db, _ => Beaten(3), Token);
        var attempt = web.Attempts[0];
        await from.WriteLogAsync(Web, attempt.Number, attempt.Attempt, new byte[] { 1, 2, 3 }, Token);

        Assert.Equal([Web], await from.CopyToAsync(to, Token));
        Assert.Empty(await from.CopyToAsync(to, Token));

        Assert.Equal(web, await to.ReadAsync(Web, Token));
        Assert.Equal([1, 2, 3], await to.ReadLogAsync(Web, attempt.Number, attempt.Attempt, Token));
        Assert.Equal(known, await to.ReadAsync(Db, Token));
        Assert.Equal(web, await from.ReadAsync(Web, Token));
    }

    public void Dispose() => _directory.Dispose();

    private static HostRecord Beaten(int hours) => HostRecord.Empty with
    {
        HeartbeatReceived = DateTimeOffset.UnixEpoch.AddHours(hours),
        Attempts =
        [
            new RecordedAttempt(new ReleaseNumber(0, hours), 1)
            {
                Log = LogState.Kept,
                Received = DateTimeOffset.UnixEpoch.AddHours(hours),
            },
        ],
    };

    private ServiceProvider Files()
    {
        _directory.WriteFile("hosts/web/configuration.nix", "{ }");
        var services = new ServiceCollection();
        services.AddBento().ConfigureFleet(options => options.Directory = _directory.FullPath);
        return services.BuildServiceProvider();
    }
}
