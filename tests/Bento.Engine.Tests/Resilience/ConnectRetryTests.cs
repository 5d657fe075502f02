using Bento.Agents;
using Bento.Agents.Servers;
using Bento.Resilience;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.Retry;

namespace Bento.Engine.Tests.Resilience;

public sealed class ConnectRetryTests
{
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact(Timeout = 30_000)]
    public async Task FO4_a_connection_that_is_dropped_before_its_banner_is_tried_six_times_more_in_the_same_poll()
    {
        var server = new DroppingTransport(TransportFailure.Unreachable);

        await Assert.ThrowsAsync<TransportException>(
            () => Play(new RetryingTransport(server, Default()).ConnectAsync(TestContext.Current.CancellationToken)));

        Assert.Equal(7, server.Connections);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(TransportFailure.HostKeyMismatch)]
    [InlineData(TransportFailure.LoginRefused)]
    [InlineData(TransportFailure.Denied)]
    public async Task FO3_what_no_waiting_mends_is_not_tried_again(TransportFailure failure)
    {
        var server = new DroppingTransport(failure);

        await Assert.ThrowsAsync<TransportException>(
            () => new RetryingTransport(server, Default()).ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(1, server.Connections);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_waits_for_a_connection_is_told_after_two_seconds_and_then_every_ten()
    {
        var heard = new List<ConnectionWait>();
        var never = new TaskCompletionSource<ITransportSession>();
        var connecting = new AnnouncingTransport(
            new WaitingTransport(never.Task),
            "sftp.example.org:22",
            new Listener(heard),
            _clock).ConnectAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(heard);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        _clock.Advance(TimeSpan.FromSeconds(10));
        never.SetException(new TransportException(TransportFailure.Unreachable, "gone"));
        await Assert.ThrowsAsync<TransportException>(() => connecting);
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal([new("sftp.example.org:22", TimeSpan.FromSeconds(2)), new("sftp.example.org:22", TimeSpan.FromSeconds(12))], heard);
    }

    [Fact]
    public async Task FE1_an_observer_that_throws_in_a_timer_ends_no_process()
    {
        var session = new TaskCompletionSource<ITransportSession>();
        var told = 0;
        var observer = new Deaf(() => told++);
        var connecting = new AnnouncingTransport(new WaitingTransport(session.Task), "sftp.example.org:22", observer, _clock)
            .ConnectAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(12));
        session.SetResult(null!);
        _ = await connecting;

        Assert.Equal(2, told);
    }

    [Fact]
    public async Task An_embedder_brings_a_pipeline_of_its_own()
    {
        var calls = 0;
        var pipeline = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
            OnRetry = _ =>
            {
                calls++;
                return default;
            },
        }).Build();
        var services = new ServiceCollection();
        services.AddKeyedSingleton(RetryOptions.PipelineKey, pipeline);
        services.AddBentoAgent(options => options.Host = "web").UseSftp(options =>
        {
            options.Host = "127.0.0.1";
            options.Port = 1;
            options.User = "web";
            options.PrivateKeyFile = "/nowhere";
            options.HostKeys.Add("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu");
        });
        await using var provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<TransportException>(
            () => provider.GetRequiredService<ITransport>().ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal(1, calls);
    }

    [Fact(Timeout = 30_000)]
    public async Task Whoever_waits_longer_than_two_seconds_is_told()
    {
        var said = new List<TimeSpan>();
        var server = new SilentTransport();
        var servers = new ServerList([server], Options.Create(new AgentOptions { TransferTimeout = TimeSpan.FromSeconds(30) }), _clock);
        var connector = new Connector(servers, _clock);

        var connecting = connector.ConnectAsync(new Said(said), TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<TransportException>(() => Play(connecting));

        Assert.Equal(TransportFailure.Stalled, exception.Failure);

        // The clock of the test runs on until the end is noticed.
        Assert.Equal([2, 12, 22], said.Take(3).Select(elapsed => elapsed.TotalSeconds));
    }

    private ResiliencePipeline Default() => ConnectPipeline.Create(new RetryOptions(), _clock, NullLogger.Instance);

    private async Task Play(Task task)
    {
        while (!task.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await task;
    }

    private sealed class Said(List<TimeSpan> said) : IProgress<AgentEvent>
    {
        public void Report(AgentEvent value) => said.Add(((AgentEvent.Connecting)value).Elapsed);
    }

    private sealed class DroppingTransport(TransportFailure failure) : ITransport
    {
        public int Connections { get; private set; }

        public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
        {
            Connections++;
            throw new TransportException(failure, "The test says so.");
        }
    }

    private sealed class SilentTransport : ITransport
    {
        public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }

    private sealed class WaitingTransport(Task<ITransportSession> session) : ITransport
    {
        public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => session;
    }

    private sealed class Deaf(Action before) : IProgress<ConnectionWait>
    {
        public void Report(ConnectionWait value)
        {
            before();
            throw new InvalidCastException("deaf");
        }
    }

    private sealed class Listener(List<ConnectionWait> heard) : IProgress<ConnectionWait>
    {
        public void Report(ConnectionWait value) => heard.Add(value);
    }
}
