using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PostgreSql.Tests;

/// <summary>Nothing is migrated in silence, and nothing is migrated by half.</summary>
public sealed class SchemaTests(Database database)
{
    private const string Tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'bento'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_database_without_tables_is_named_with_what_to_do_and_gets_none()
    {
        var name = database.Server.CreateDatabase();
        await using var process = database.Services("f", name);

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => process.GetRequiredService<IStatusStore>().ListAsync(Token));

        Assert.Contains($"{name} at ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("has no tables yet", exception.Message, StringComparison.Ordinal);
        Assert.Equal(NextStepVerb.ApplyStoreSchema, exception.NextStep?.Verb);
        Assert.Equal("0", database.Server.Sql(name, Tables));
        Assert.Equal(new SchemaState(0, PostgreSqlSchema.Needed), await process.GetRequiredService<PostgreSqlSchema>().CheckAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Applying_again_keeps_what_is_there()
    {
        var name = database.Server.CreateDatabase();
        await using var process = database.Services("f", name);
        var schema = process.GetRequiredService<PostgreSqlSchema>();

        var before = await schema.ApplyAsync(Token);
        _ = await process.GetRequiredService<IStatusStore>().UpdateAsync(
            HostName.Parse("web"), record => record with { HeartbeatReceived = DateTimeOffset.UnixEpoch }, Token);
        var again = await schema.ApplyAsync(Token);

        Assert.Equal((0, PostgreSqlSchema.Needed), (before.Version, again.Version));
        Assert.True((await schema.CheckAsync(Token)).IsCurrent);
        Assert.Equal([HostName.Parse("web")], await process.GetRequiredService<IStatusStore>().ListAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_exported_does_the_same_by_hand_also_again()
    {
        var name = database.Server.CreateDatabase();
        _ = database.Server.SqlFile(name, PostgreSqlSchema.Export());
        _ = database.Server.SqlFile(name, PostgreSqlSchema.Export());
        await using var process = database.Services("f", name);

        Assert.True((await process.GetRequiredService<PostgreSqlSchema>().CheckAsync(Token)).IsCurrent);
        Assert.Empty(await process.GetRequiredService<IStatusStore>().ListAsync(Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_cannot_be_applied_whole_is_not_applied_at_all()
    {
        var name = database.Server.CreateDatabase();
        _ = database.Server.Sql(name, "CREATE SCHEMA bento; CREATE TABLE bento.host (somebody text)");
        await using var process = database.Services("f", name);

        var exception = await Assert.ThrowsAsync<StatusStoreException>(
            () => process.GetRequiredService<PostgreSqlSchema>().ApplyAsync(Token));

        Assert.Contains("bento", exception.Message, StringComparison.Ordinal);
        Assert.Equal("1", database.Server.Sql(name, Tables));
    }

    [Fact(Timeout = 60_000)]
    public async Task Two_who_apply_at_once_both_succeed()
    {
        var name = database.Server.CreateDatabase();
        await using var first = database.Services("f", name);
        await using var second = database.Services("f", name);

        await Task.WhenAll(
            first.GetRequiredService<PostgreSqlSchema>().ApplyAsync(Token),
            second.GetRequiredService<PostgreSqlSchema>().ApplyAsync(Token));

        Assert.True((await first.GetRequiredService<PostgreSqlSchema>().CheckAsync(Token)).IsCurrent);
    }

    [Fact(Timeout = 60_000)]
    public async Task Tables_of_a_newer_Bento_are_neither_used_nor_changed()
    {
        var name = database.Server.CreateDatabase();
        _ = database.Server.SqlFile(name, PostgreSqlSchema.Export());
        _ = database.Server.Sql(name, "INSERT INTO bento.schema_version (version) VALUES (99)");
        await using var process = database.Services("f", name);

        foreach (var act in new Func<Task>[]
        {
            () => process.GetRequiredService<IStatusStore>().ListAsync(Token),
            () => process.GetRequiredService<PostgreSqlSchema>().ApplyAsync(Token),
        })
        {
            var exception = await Assert.ThrowsAsync<StatusStoreException>(act);
            Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
            Assert.Null(exception.NextStep?.Verb);
        }
    }
}
