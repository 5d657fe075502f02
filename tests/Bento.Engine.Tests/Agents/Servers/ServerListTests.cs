using System.Net;
using System.Net.Sockets;
using Bento.Agents;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Engine.Tests.Trust;
using Bento.Protocol;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Agents.Servers;

/// <summary>An agent that has several servers: the first ones away, lying or broken, the last one good.</summary>
public sealed class ServerListTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly SshKey _key = SshKey.Make();
    private readonly DeployBench _bench;
    private readonly FakeMachine _machine = new();
    private readonly InMemoryTransport _second = new();

    public ServerListTests()
    {
        _bench = new DeployBench(parts: builder => builder.ConfigureSigning(options => options.KeyFiles.Add(_key.File)));
        _bench.Flake("lab", "h1");
    }

    [Fact(Timeout = 60_000)]
    public async Task T6_a_tarpit_and_a_bad_signature_hold_nothing_back_and_the_report_names_them()
    {
        await _bench.DeployAsync();
        Copy("release.json", bytes => bytes.AsSpan().IndexOf("signatures\":[\""u8) is var at and > 0
            ? [.. bytes[..(at + 14)], .. "AAAA"u8, .. bytes[(at + 18)..]]
            : bytes);
        using var tarpit = new TcpListener(IPAddress.Loopback, 0);
        tarpit.Start();

        var result = await RunAsync(tarpit);

        Assert.Equal((AgentConclusion.Attempted, AttemptOutcome.Succeeded), (result.Conclusion, result.Outcome));
        Assert.Single(_machine.Calls);
        var beat = Beat(_bench.Transport);
        Assert.Contains("Server 1 of 3 was passed over: ", beat.Detail, StringComparison.Ordinal);
        Assert.Contains("Server 2 of 3 was passed over: ", beat.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task T6_a_server_without_the_content_holds_nothing_back()
    {
        await _bench.DeployAsync();
        Copy("release.json", bytes => bytes);

        var result = await RunAsync();

        Assert.Equal((AgentConclusion.Attempted, AttemptOutcome.Succeeded), (result.Conclusion, result.Outcome));
    }

    [Fact(Timeout = 60_000)]
    public async Task T6_a_server_that_offers_an_older_release_holds_nothing_back()
    {
        await _bench.DeployAsync();
        Copy("release.json", bytes => bytes);
        _ = await RunAsync();
        _bench.Flake("lab", "h1", "# new");
        await _bench.DeployAsync();
        var newest = (await RunWithoutSecondAsync()).Number;

        // The mirror still has the first release, which the host refuses now.
        var result = await RunAsync();

        Assert.Equal(new ReleaseNumber(0, 2), newest);
        Assert.Equal((AgentConclusion.UpToDate, newest), (result.Conclusion, result.Number));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("release.json")]
    [InlineData("content/")]
    public async Task T6_T9_a_server_that_drags_out_what_it_sends_holds_nothing_back(string path)
    {
        await _bench.DeployAsync();
        Copy("release.json", bytes => bytes);
        var content = Path.GetFileName(_bench.Current("h1")!.Content.Archive.ToString());
        Copy($"content/{content}.tar.gz", bytes => bytes);
        var isAsked = false;
        _second.BeforeCall = (call, token) =>
        {
            if (call.Operation != "read" || !call.Path.StartsWith(path, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            isAsked = true;
            return Task.Delay(Timeout.Infinite, token);
        };

        var result = await RunAsync();

        Assert.True(isAsked);
        Assert.Equal((AgentConclusion.Attempted, AttemptOutcome.Succeeded), (result.Conclusion, result.Outcome));
    }

    [Fact(Timeout = 60_000)]
    public async Task T6_T9_a_resident_agent_asks_the_next_server_too()
    {
        await _bench.DeployAsync();
        _second.BeforeCall = (call, token) => call.Operation == "connect" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var word = new FirstWord(stop);
        await using var provider = Agent(null, [_second, _bench.Transport]);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provider.GetRequiredService<IAgent>().RunAsync(word, stop.Token));

        Assert.Equal(AttemptOutcome.Succeeded, word.Result?.Outcome);
        Assert.Contains("Server 1 of 2 was passed over: ", Beat(_bench.Transport).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task When_no_server_has_anything_good_the_host_says_what_the_last_one_had()
    {
        var result = await RunAsync();

        Assert.Equal(AgentConclusion.NoRelease, result.Conclusion);
    }

    public void Dispose()
    {
        _bench.Dispose();
        _key.Dispose();
    }

    private void Copy(string path, Func<byte[], byte[]> change) =>
        _second.Server.Put(Host, path, change(_bench.Transport.Server.Get(Host, path)!));

    private static Heartbeat Beat(InMemoryTransport server) => ReportJson.ReadHeartbeat(server.Server.Get(Host, "logs/beat.json")!);

    private Task<AgentResult> RunWithoutSecondAsync() => RunAsync(null, [_bench.Transport]);

    private Task<AgentResult> RunAsync(TcpListener? tarpit = null) => RunAsync(tarpit, [_second, _bench.Transport]);

    private async Task<AgentResult> RunAsync(TcpListener? tarpit, IReadOnlyList<ITransport> servers)
    {
        await using var provider = Agent(tarpit, servers);
        return await provider.GetRequiredService<IAgent>().RunOnceAsync(null, TestContext.Current.CancellationToken);
    }

    private ServiceProvider Agent(TcpListener? tarpit, IReadOnlyList<ITransport> servers)
    {
        var services = new ServiceCollection().AddSingleton<ISystemBuilder>(_bench.Builder).AddSingleton<IActivator>(_machine);
        var agent = services.AddBentoAgent(options =>
        {
            options.Host = Host.ToString();
            options.StateDirectory = _bench.Directory["state"];
            options.TransferTimeout = TimeSpan.FromSeconds(1);
        }).ConfigureTrust(options => options.TrustedKeys.Add(_key.Public.ToString())).ConfigureRetries(options => options.MaxRetries = 0);
        if (tarpit is not null)
        {
            agent.UseSftp(options =>
            {
                options.Host = "127.0.0.1";
                options.Port = ((IPEndPoint)tarpit.LocalEndpoint).Port;
                options.User = "h1";
                options.PrivateKeyFile = _key.File;
                options.HostKeys.Add(_key.Public.ToString());
                options.ConnectTimeout = TimeSpan.FromSeconds(1);
            });
        }

        foreach (var server in servers)
        {
            services.AddSingleton(server);
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Stops what runs at the first poll that has something to say.</summary>
    private sealed class FirstWord(CancellationTokenSource stop) : IProgress<AgentEvent>
    {
        public AgentResult? Result { get; private set; }

        public void Report(AgentEvent value)
        {
            if (value is AgentEvent.Polled polled)
            {
                Result ??= polled.Result;
                stop.Cancel();
            }
        }
    }
}
