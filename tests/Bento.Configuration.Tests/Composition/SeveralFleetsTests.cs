using Bento.Diagnostics;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Tests.Composition;

public sealed class SeveralFleetsTests : IAsyncDisposable
{
    private readonly Office _office = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _office.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Each_fleet_is_deployed_to_its_own_server_under_its_own_name()
    {
        _office.Start();
        foreach (var name in _office.Fleets.Names)
        {
            var report = await _office.Application.GetRequiredKeyedService<IDeployer>(name).DeployAsync(
                new DeployRequest(), cancellationToken: Token);
            Assert.True(report.IsSuccess, string.Join(' ', report.Hosts.Select(host => $"{host.Failure}")));
        }

        Assert.Equal(["desks", "shops"], _office.Fleets.Names);
        Assert.NotNull(_office.Desks.Server.Get(HostName.Parse("anna"), "release.json"));
        Assert.Null(_office.Desks.Server.Get(HostName.Parse("till"), "release.json"));
        Assert.NotNull(_office.Shops.Server.Get(HostName.Parse("till"), "release.json"));
        await using var shops = _office.Fleets.Open("shops");
        Assert.Equal(["till"], (await shops.Status.ReadAsync(HostSelector.All, Token)).Select(status => status.Host.ToString()));
        Assert.Equal("till", Assert.Single((await shops.Deployer.PlanAsync(new PlanRequest(), null, Token)).Hosts).Host.ToString());
    }

    [Fact]
    public void Everything_that_an_application_with_one_fleet_has_is_there_under_its_name()
    {
        Assert.NotNull(_office.Application.GetKeyedService<IFleetStatus>("desks"));
        Assert.NotNull(_office.Application.GetKeyedService<IRollout>("desks"));
        Assert.NotNull(_office.Application.GetKeyedService<IDoctor>("desks"));
        Assert.Null(_office.Application.GetService<IDeployer>());
        var unknown = Assert.Throws<ArgumentException>(() => _office.Fleets.Open("labs"));
        Assert.Contains("desks, shops", unknown.Message);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        var services = new ServiceCollection().AddBento("desks", _ => { });

        Assert.Throws<ArgumentException>(() => services.AddBento("desks", _ => { }));
    }

    [Fact(Timeout = 60_000)]
    public async Task Settings_of_the_application_hold_from_the_next_job_on()
    {
        await using var before = _office.Fleets.Open("desks");

        _office.Set("Desks:hosts:anna:tags:0", "new");

        Assert.Equal(["new"], (await _office.SettingsOfAsync("desks")).Hosts["anna"].Tags);
        Assert.Equal(["old"], before.Services.GetRequiredService<IOptions<BentoOptions>>().Value.Hosts["anna"].Tags);
        var deployer = _office.Application.GetRequiredKeyedService<IDeployer>("desks");
        Assert.True((await deployer.DeployAsync(new DeployRequest { Hosts = HostSelector.Parse("@new") }, null, Token)).IsSuccess);
        await Assert.ThrowsAsync<InvalidFleetException>(
            () => deployer.DeployAsync(new DeployRequest { Hosts = HostSelector.Parse("@old") }, null, Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_replaced_is_read_again()
    {
        _ = await _office.SettingsOfAsync("shops");

        _office.Write("""{ "fleet": "shops", "hosts": { "till": { "tags": ["new"] } } }""");

        while ((await _office.SettingsOfAsync("shops")).Hosts["till"].Tags is not ["new"])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Token);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Settings_that_are_wrong_change_nothing_and_are_logged()
    {
        _office.Start();

        _office.Set("Desks:keepAttempts", "1");
        Assert.Equal("desks", (await _office.SettingsOfAsync("desks")).Fleet);
        Assert.Contains(_office.Log.Lines, line => line.StartsWith("401 ", StringComparison.Ordinal) && line.Contains("keepAttempts"));

        _office.Set("Desks:keepAttempts", "7");
        Assert.Equal(7, (await _office.SettingsOfAsync("desks")).KeptAttempts);
        Assert.Contains(_office.Log.Lines, line => line.StartsWith("400 ", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Settings_that_are_wrong_at_the_start_keep_the_application_from_starting()
    {
        _office.Write("""{ "fleet": "shops", "keepAttempts": 1 }""");

        var exception = Assert.Throws<InvalidFleetException>(_office.Start);

        Assert.Contains("keepAttempts", exception.Message);
        _office.Write("""{ "fleet": "shops" }""");
        Assert.Equal("shops", (await _office.SettingsOfAsync("shops")).Fleet);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_runs_ends_with_the_settings_that_it_began_with()
    {
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _office.Desks.BeforeCall = (call, _) =>
        {
            reached.TrySetResult();
            return goOn.Task;
        };
        var deploy = _office.Application.GetRequiredKeyedService<IDeployer>("desks").DeployAsync(
            new DeployRequest { Hosts = HostSelector.Parse("@old") }, null, Token);
        await reached.Task;

        _office.Set("Desks:hosts:anna:tags:0", "new");
        _office.Set("Desks:fleet", "renamed");
        goOn.SetResult();

        Assert.True((await deploy).IsSuccess);
        Assert.Equal("renamed", (await _office.SettingsOfAsync("desks")).Fleet);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_old_settings_hold_open_is_closed_by_whoever_works_with_them_last()
    {
        var (first, second) = (_office.Fleets.Open("desks"), _office.Fleets.Open("desks"));
        var closing = first.Services.GetRequiredService<Office.Closing>();
        _office.Set("Desks:fleet", "renamed");

        await first.DisposeAsync();
        await first.DisposeAsync();
        Assert.False(closing.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => first.Deployer);

        await second.DisposeAsync();
        Assert.True(closing.IsClosed);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_follows_a_fleet_goes_on_with_its_new_settings()
    {
        var status = _office.Application.GetRequiredKeyedService<IFleetStatus>("desks");
        _ = await _office.Application.GetRequiredKeyedService<IDeployer>("desks").DeployAsync(new DeployRequest(), null, Token);
        await using var looks = status.FollowAsync(HostSelector.All, TimeSpan.FromHours(1), Token).GetAsyncEnumerator(Token);
        Assert.True(await looks.MoveNextAsync());
        var next = looks.MoveNextAsync();

        _office.Set("Desks:keepAttempts", "7");

        Assert.True(await next);
        Assert.Equal("anna", Assert.Single(looks.Current).Host.ToString());
    }

    [Fact(Timeout = 60_000)]
    public async Task The_application_closes_its_fleets()
    {
        var closing = default(Office.Closing);
        await using (var fleet = _office.Fleets.Open("desks"))
        {
            closing = fleet.Services.GetRequiredService<Office.Closing>();
        }

        await _office.Application.DisposeAsync();

        Assert.True(closing.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => _office.Fleets.Open("desks"));
    }
}
