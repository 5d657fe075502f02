using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>What no agent could read is the failure of its host, and leaves area, record and server as they were.</summary>
public sealed class UnreadableReleaseTests
{
    private static readonly HealthCheck Long = new HealthCheck.Command(["/bin/check", new string('x', 30_000)], TimeSpan.FromSeconds(5));

    [Fact]
    public async Task FP12_a_release_json_of_more_than_64_KiB_fails_its_host_before_anything_is_built()
    {
        using var directory = new TempDirectory();
        var server = new InMemoryTransport();
        using (var bench = Bench(directory, server, checks: 2))
        {
            bench.Flake("lab", "h1", "h2");

            var report = await bench.DeployAsync();

            Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
            Assert.Contains("65536 are read", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
            Assert.Contains("'h1'", report.Hosts[0].Failure?.NextStep?.Text, StringComparison.Ordinal);
            Assert.Equal(["build h2"], bench.Builder.Calls.Where(call => call.StartsWith("build", StringComparison.Ordinal)));
            Assert.DoesNotContain(bench.Changes(), change => change.StartsWith("h1 ", StringComparison.Ordinal));
            Assert.Same(HostRecord.Empty, await bench.RecordAsync("h1"));
        }

        // The record was not poisoned: without the option the next deploy goes through.
        using var repaired = Bench(directory, server, checks: 1);
        Assert.Equal(["h1 Published 1", "h2 Unchanged 1"], DeployBench.Lines(await repaired.DeployAsync()));
    }

    [Fact]
    public async Task FP12_signatures_that_no_agent_reads_fail_their_host_before_anything_is_written()
    {
        using var bench = new DeployBench(
            parts: builder => builder.Services.AddSingleton<IReleaseSigner>(new Scribbler([.. Enumerable.Repeat("no signature", 17)])));
        bench.Flake("lab", "h1");

        var report = await bench.DeployAsync();

        Assert.Equal(["h1 Failed"], DeployBench.Lines(report));
        Assert.Contains("more than 16 signatures", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Null(bench.Current("h1"));
        Assert.Same(HostRecord.Empty, await bench.RecordAsync("h1"));
    }

    [Fact]
    public async Task FP12_a_system_that_is_not_a_store_path_fails_its_host()
    {
        using var bench = new DeployBench(parts: builder => builder.Services.AddSingleton<ISystemBuilder>(new NothingBuilder()));
        bench.Flake("lab", "h1");

        var report = await bench.DeployAsync();

        Assert.Equal(["h1 Failed"], DeployBench.Lines(report));
        Assert.Contains("No agent could read the release of 'h1'", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Empty(bench.Changes());
    }

    private static DeployBench Bench(TempDirectory directory, InMemoryTransport server, int checks) => new(
        options =>
        {
            options.Hosts["h1"] = new BentoHostOptions();
            for (var i = 0; i < checks; i++)
            {
                options.Hosts["h1"].HealthChecks.Add(Long);
            }
        },
        directory: directory,
        transport: server);

    /// <summary>Signs with anything, and names no key that could tell.</summary>
    private sealed class Scribbler(IReadOnlyList<string> signatures) : IReleaseSigner
    {
        public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SshPublicKey>>([]);

        public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            Task.FromResult(signatures);
    }

    /// <summary>A builder of somebody else that forgot the system.</summary>
    private sealed class NothingBuilder : ISystemBuilder
    {
        private static readonly SystemDerivation Nothing = new()
        {
            Attribute = "h1",
            Derivation = SomeRelease.System("h1.drv"),
            System = default,
        };

        public Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken) =>
            Task.FromResult(new SystemListing(["h1"]));

        public Task<DirectoryEvaluation> EvaluateAsync(
            ConfigurationSource source,
            IReadOnlyCollection<string>? attributes,
            EvaluationSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken) =>
            Task.FromResult(new DirectoryEvaluation([new SystemEvaluation(Nothing)]));

        public Task<IReadOnlyList<SystemBuild>> BuildAsync(
            IReadOnlyList<SystemDerivation> derivations,
            BuildSettings settings,
            IProgress<FleetEvent>? progress,
            CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<SystemBuild>>([.. derivations.Select(derivation => new SystemBuild(derivation, null))]);

        public Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken) =>
            Task.FromResult(new BuildForecast([], []));

        public Task<SystemClosure?> ReadClosureAsync(StorePath system, CancellationToken cancellationToken) =>
            Task.FromResult<SystemClosure?>(null);

        public Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken) =>
            Task.FromResult<BuildFailure?>(null);
    }
}
