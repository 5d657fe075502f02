using Bento.Publishing;
using Bento.Status;
using Bento.Testing.Fleet;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>Operators on several machines exclude each other while they publish one fleet.</summary>
public sealed class PublishLockTests(Database database)
{
    private readonly string _fleet = $"t{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task FP4_the_second_publisher_reads_who_is_first_and_comes_after_it()
    {
        await using var alice = database.Services(_fleet);
        await using var bob = database.Services(_fleet);

        await using (await LockAsync(alice, "alice@admin1, process 7"))
        {
            var exception = await Assert.ThrowsAsync<PublishLockedException>(() => LockAsync(bob, "bob"));
            Assert.Equal("alice@admin1, process 7", exception.Holder);
        }

        await using var second = await LockAsync(bob, "bob");
    }

    [Fact(Timeout = 60_000)]
    public async Task FP4_a_deploy_waits_for_nobody_and_publishes_nothing_while_another_operator_publishes()
    {
        using var fleet = new ScriptedFleet(
            hosts: 1,
            services => services.AddBento().UsePostgreSql(options => options.Connection = database.Server.ConnectionTo(database.Name)));
        await using var bob = database.Services("scripted");

        await using (await LockAsync(bob, "bob"))
        {
            var exception = await Assert.ThrowsAsync<PublishLockedException>(
                () => fleet.PublishAsync(fleet.Hosts[0], cancellationToken: Token));
            Assert.Equal("bob", exception.Holder);
            Assert.Empty(fleet.Releases(fleet.Hosts[0]));
        }

        Assert.True((await fleet.DeployAsync(cancellationToken: Token)).IsSuccess);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_lock_that_is_disposed_twice_is_freed_once()
    {
        await using var process = database.Services(_fleet);
        var first = await LockAsync(process, "first");
        await first!.DisposeAsync();
        await using var second = await LockAsync(process, "second");

        await first.DisposeAsync();

        await Assert.ThrowsAsync<PublishLockedException>(() => LockAsync(process, "third"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Fleets_do_not_exclude_each_other()
    {
        await using var one = database.Services(_fleet);
        await using var other = database.Services(_fleet + "2");

        await using var first = await LockAsync(one, "one");
        await using var second = await LockAsync(other, "other");
    }

    [Fact(Timeout = 60_000)]
    public async Task FP4_a_publisher_that_dies_keeps_nobody_out()
    {
        await using var alice = database.Services(_fleet);
        await using var bob = database.Services(_fleet);
        _ = await LockAsync(alice, "alice");

        _ = database.Server.Sql(
            database.Name, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'alice'");

        // Its server process ends a moment after it was told to.
        while (true)
        {
            try
            {
                await using var taken = await LockAsync(bob, "bob");
                break;
            }
            catch (PublishLockedException)
            {
                await Task.Yield();
            }
        }
    }

    private static Task<IAsyncDisposable?> LockAsync(ServiceProvider process, string holder) =>
        process.GetRequiredService<IStatusStore>().LockAsync(holder, Token);
}
