using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Testing.Transport;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents.Attempts;

/// <summary>The window in which a host proves that it is alive, on a clock that the test moves.</summary>
public sealed class ConfirmationTests
{
    private static readonly HostName Host = HostName.Parse("web");
    private static readonly HostPolicy Policy = HostPolicy.Default with
    {
        ConfirmTimeout = TimeSpan.FromSeconds(60),
        HealthChecks = [new HealthCheck.Unit("web", TimeSpan.FromHours(1))],
    };

    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryTransport _server = new();

    public ConfirmationTests()
    {
        _server.Server.Clock = _clock;
        _server.Server.Put(Host, "release.json", "no release");
        _server.Server.Put(Host, "logs/x", string.Empty);
    }

    [Fact(Timeout = 30_000)]
    public async Task FA2_a_health_check_that_hangs_ends_with_the_window_and_not_with_its_own_time_limit()
    {
        var began = _clock.GetTimestamp();

        var unconfirmed = Assert.IsType<AttemptEvent.Unconfirmed>(await PlayAsync(new HangingChecks()));

        Assert.True(_clock.GetElapsedTime(began) >= Policy.ConfirmTimeout);
        Assert.False(unconfirmed.IsServerAway);
        Assert.Contains("health checks", unconfirmed.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task FA8_a_server_that_never_answers_is_told_from_a_check_that_fails()
    {
        _server.Hangs = true;

        Assert.True(Assert.IsType<AttemptEvent.Unconfirmed>(await PlayAsync(new HangingChecks())).IsServerAway);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_stops_the_agent_leaves_the_confirmation_pending()
    {
        using var stop = new CancellationTokenSource();
        var confirming = Confirmation(new HangingChecks()).ConfirmAsync(Policy, [], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => confirming);
    }

    private async Task<AttemptEvent> PlayAsync(HangingChecks checker)
    {
        var confirming = Confirmation(checker).ConfirmAsync(Policy, [], TestContext.Current.CancellationToken);
        while (!checker.IsAsked && !_server.Hangs)
        {
            await Task.Yield();
        }

        while (!confirming.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await confirming;
    }

    private Confirmation Confirmation(HangingChecks checker)
    {
        var options = Options.Create(new AgentOptions { Host = Host.ToString() });
        return new Confirmation(
            new ServerProbe(new ServerList([_server], options, _clock), new TransferDeadline(options, _clock), options), checker, _clock);
    }

    private sealed class HangingChecks : IHealthChecker
    {
        public bool IsAsked { get; private set; }

        public async Task<string?> CheckAsync(HealthCheck check, CancellationToken cancellationToken)
        {
            IsAsked = true;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
    }
}
