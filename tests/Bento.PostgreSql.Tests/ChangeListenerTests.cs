using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

public sealed class ChangeListenerTests(Database database)
{
    private static readonly HostName Host = HostName.Parse("web");

    private readonly string _fleet = $"t{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_watch_is_told_what_another_machine_changed_and_not_what_changed_in_another_fleet()
    {
        await using var here = database.Services(_fleet);
        await using var there = database.Services(_fleet);
        await using var elsewhere = database.Services(_fleet + "2");
        using var told = new SemaphoreSlim(0);
        using var listening = here.GetRequiredService<IStatusStore>().Listen(() => told.Release());

        // Once when it begins to hear, because something may have been missed until then.
        await told.WaitAsync(Token);
        await ChangeAsync(elsewhere);
        Assert.Equal(0, told.CurrentCount);
        await ChangeAsync(there);
        await told.WaitAsync(Token);

        Assert.Equal(0, told.CurrentCount);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_that_breaks_is_opened_again_and_the_watch_looks_once_more()
    {
        await using var here = database.Services(_fleet, configure: options => options.Connection += $";Application Name={_fleet}");
        await using var there = database.Services(_fleet);
        using var told = new SemaphoreSlim(0);
        using var listening = here.GetRequiredService<IStatusStore>().Listen(() => told.Release());
        await told.WaitAsync(Token);

        _ = database.Server.Sql(
            database.Name, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_fleet}'");
        await told.WaitAsync(Token);
        await ChangeAsync(there);

        await told.WaitAsync(Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_does_not_want_to_be_told_is_not()
    {
        await using var here = database.Services(_fleet, configure: options => options.Listen = false);

        Assert.Null(here.GetRequiredService<IStatusStore>().Listen(() => { }));
    }

    private static Task ChangeAsync(ServiceProvider process) => process.GetRequiredService<IStatusStore>().UpdateAsync(
        Host, record => record with { HeartbeatReceived = DateTimeOffset.UnixEpoch.AddDays(1) }, Token);
}
