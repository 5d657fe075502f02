using Bento.Engine.Tests.Trust;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>What goes wrong in a deploy costs the host that it is about, and is said.</summary>
public sealed class DeployerFailureTests : IDisposable
{
    private readonly DeployBench _bench = new(options => options.Hosts["far"] = new BentoHostOptions { EvaluateOnly = true });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task FP5_what_does_not_evaluate_or_build_keeps_its_release_and_leaves_the_others_alone()
    {
        _bench.Flake("a", "eval", "build", "good");
        _bench.Flake("b", "third");
        _bench.Flake("c", "other");
        await _bench.DeployAsync();
        _bench.Flake("a", "eval!eval", "build!build", "good");
        _bench.Flake("b", "!");
        _bench.Flake("c", "other", "# new");

        var report = await _bench.DeployAsync();

        Assert.False(report.IsSuccess);
        Assert.Equal(["build Failed", "eval Failed", "good Published 2", "other Published 2"], DeployBench.Lines(report));
        Assert.Equal("hosts/b: syntax error", Assert.Single(report.Problems).ToString());
        Assert.Equal("hosts/a does not build: The builder failed.", report.Hosts[0].Failure?.Message);
        Assert.Equal(["last line"], report.Hosts[0].LogTail);
        Assert.Equal([FailureKind.Build, FailureKind.Evaluation, null, null], report.Hosts.Select(host => host.Failure?.Kind));
        Assert.Equal(FailureKind.Evaluation, report.Problems[0].Kind);
        Assert.Equal("hosts/a does not evaluate: undefined variable", report.Hosts[1].Failure?.Message);
        Assert.All(["eval", "build", "third"], host => Assert.Equal(new ReleaseNumber(0, 1), _bench.Current(host)!.Number));
    }

    [Fact]
    public async Task FP5_a_file_that_goes_away_while_it_is_copied_fails_its_directory_and_no_other()
    {
        _bench.Flake("a", "h1");
        var doomed = _bench.Directory.WriteFile("hosts/a/doomed");
        _bench.Flake("b", "h2");
        var progress = new Deleting(doomed);

        var report = await _bench.DeployAsync(progress: progress);

        Assert.Equal(["h2 Published 1"], DeployBench.Lines(report));
        Assert.Equal("hosts/a", Assert.Single(report.Problems).Path);
    }

    [Fact]
    public async Task FP5_an_area_that_cannot_be_read_fails_its_host_and_no_other()
    {
        _bench.Flake("a", "h1", "h2");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "h2", "# new");
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "read" } && call.Host == HostName.Parse("h1")
            ? throw new TransportException(TransportFailure.Denied, "Not allowed.")
            : Task.CompletedTask;

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Failed", "h2 Published 2"], DeployBench.Lines(report));
        Assert.Contains("Not allowed.", report.Hosts[0].Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Denied, report.Hosts[0].Failure?.Kind);
    }

    [Theory]
    [InlineData("bento", false)]
    [InlineData("another", false)]
    [InlineData("another", true)]
    public async Task T1_what_a_stranger_put_into_an_area_is_replaced_and_said_and_fails_nobody(string fleet, bool isSigned)
    {
        using var key = SshKey.Make();
        using var stranger = SshKey.Make();
        using var bench = new DeployBench(parts: builder => builder.ConfigureSigning(options => options.KeyFiles.Add(key.File)));
        bench.Flake("lab", "h1");
        await bench.DeployAsync();
        var forged = PayloadJson.Write(
            ReleaseIdentity.WithId(bench.Current("h1")! with { Fleet = FleetName.Parse(fleet), Number = new ReleaseNumber(0, 900) }));
        bench.Transport.Server.Put(
            HostName.Parse("h1"),
            "release.json",
            ReleaseFileJson.Write(new ReleaseEnvelope(forged, isSigned ? [stranger.Sign(forged)] : [])));

        var report = await bench.DeployAsync();

        Assert.Equal(["h1 Published 2"], DeployBench.Lines(report));
        Assert.Contains(report.Remarks, remark =>
            remark.Contains("'h1'", StringComparison.Ordinal) && remark.Contains("no key of this publisher", StringComparison.Ordinal));
        Assert.Equal(new ReleaseNumber(0, 2), bench.Current("h1")!.Number);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{}", true)]
    [InlineData("no JSON", true)]
    public async Task T1_a_forged_release_that_cannot_be_read_is_replaced_and_said_too(string payload, bool isSigned)
    {
        using var key = SshKey.Make();
        using var stranger = SshKey.Make();
        using var bench = new DeployBench(parts: builder => builder.ConfigureSigning(options => options.KeyFiles.Add(key.File)));
        bench.Flake("lab", "h1");
        await bench.DeployAsync();
        var forged = System.Text.Encoding.UTF8.GetBytes(payload);
        bench.Transport.Server.Put(
            HostName.Parse("h1"),
            "release.json",
            ReleaseFileJson.Write(new ReleaseEnvelope(forged, isSigned ? [stranger.Sign(forged)] : [])));

        var report = await bench.DeployAsync();

        Assert.Equal(["h1 Published 2"], DeployBench.Lines(report));
        Assert.Contains(report.Remarks, remark =>
            remark.Contains("'h1'", StringComparison.Ordinal) && remark.Contains("no key of this publisher", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_is_not_published_under_another_fleet_by_a_publisher_that_recorded_this_one()
    {
        using var key = SshKey.Make();
        void Sign(IBentoBuilder builder) => builder.ConfigureSigning(options => options.KeyFiles.Add(key.File));
        using var bench = new DeployBench(parts: Sign);
        bench.Flake("lab", "h1");
        await bench.DeployAsync();
        using var mistaken = new DeployBench(
            options => options.Fleet = "another", Sign, directory: bench.Directory, transport: bench.Transport);

        var host = Assert.Single((await mistaken.DeployAsync()).Hosts);

        Assert.Equal(DeployOutcome.Failed, host.Outcome);
        Assert.Contains("'bento'", host.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FP10_an_area_that_cannot_be_checked_fails_its_host_before_it_is_built()
    {
        _bench.Flake("a", "h1", "h2");
        _bench.Transport.BeforeCall = (call, _) => call is { Operation: "check" } && call.Host == HostName.Parse("h1")
            ? throw new TransportException(TransportFailure.Denied, "Not allowed.")
            : Task.CompletedTask;

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Failed", "h2 Published 1"], DeployBench.Lines(report));
        Assert.Equal("build h2", _bench.Builder.Calls[^1]);
    }

    [Fact]
    public async Task A_server_that_goes_away_is_not_the_failure_of_a_host()
    {
        _bench.Flake("a", "h1", "h2");
        await _bench.DeployAsync();
        _bench.Flake("a", "h1", "h2", "# new");
        _bench.Transport.BeforeCall = (call, _) =>
            call is { Operation: "read" } ? throw new TransportException(TransportFailure.Unreachable, "gone") : Task.CompletedTask;

        await Assert.ThrowsAsync<TransportException>(() => _bench.DeployAsync());
    }

    [Fact]
    public async Task A_host_that_two_directories_define_fails_by_the_names_of_both()
    {
        _bench.Flake("a", "h1", "twin");
        _bench.Flake("b", "h2", "twin");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Published 1", "h2 Published 1", "twin Failed"], DeployBench.Lines(report));
        Assert.Equal("It is defined twice: in hosts/a and in hosts/b.", report.Hosts[2].Failure?.Message);
        Assert.Null(_bench.Current("twin"));
    }

    [Fact]
    public async Task A_twin_in_a_directory_that_did_not_change_is_found_as_well()
    {
        _bench.Flake("a", "h1", "twin");
        _bench.Flake("b", "h2");
        await _bench.DeployAsync();
        _bench.Flake("b", "h2", "twin");

        var report = await _bench.DeployAsync();

        Assert.Equal(["h1 Unchanged 1", "h2 Published 2", "twin Failed"], DeployBench.Lines(report));
        Assert.Equal(new ReleaseNumber(0, 1), _bench.Current("twin")!.Number);
    }

    [Fact]
    public async Task A_name_that_no_system_user_can_have_is_a_problem_of_its_directory()
    {
        _bench.Flake("a", "web.example", "good");
        _bench.Directory.WriteFile("hosts/1st/configuration.nix", "{ }");

        var report = await _bench.DeployAsync();

        Assert.Equal(["good Published 1"], DeployBench.Lines(report));
        Assert.Equal(["hosts/1st", "hosts/a"], report.Problems.Select(problem => problem.Path));
        Assert.Contains("'web.example'", report.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FP4_a_second_publisher_is_turned_away_by_the_name_of_the_first()
    {
        _bench.Flake("a", "h1");
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await using var taken = await session.LockAsync("solene@desk, process 7", TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<PublishLockedException>(() => _bench.DeployAsync());

        Assert.Equal("solene@desk, process 7", exception.Holder);
        Assert.True(exception.IsTransient);
        Assert.Empty(_bench.Builder.Calls);
        Assert.Empty(_bench.Changes());
    }

    [Fact]
    public async Task The_lock_and_the_work_are_gone_afterwards_also_when_somebody_stopped_it()
    {
        _bench.Flake("a", "h1");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _bench.Builder.WhenEvaluating = _ => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.Get<IDeployer>().DeployAsync(new DeployRequest(), null, stop.Token));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_bench.Directory.FullPath, ".bento/work")));
        Assert.Equal(["h1 Published 1"], DeployBench.Lines(await _bench.DeployAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_deploy_that_is_cancelled_says_which_hosts_have_their_release()
    {
        _bench.Flake("lab", "h1", "h2", "h3");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _bench.Transport.BeforeCall = (call, token) => call is { Operation: "write" } && call.Host != HostName.Parse("h1")
            ? Task.Delay(Timeout.InfiniteTimeSpan, token)
            : Task.CompletedTask;

        var cancelled = await Assert.ThrowsAsync<DeployCanceledException>(
            () => _bench.Get<IDeployer>().DeployAsync(new DeployRequest(), new Stopping(stop), stop.Token));

        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.Equal(["h1 Published 1"], DeployBench.Lines(cancelled.Report));
        Assert.Equal(["h1"], new[] { "h1", "h2", "h3" }.Where(host => _bench.Current(host) is not null));
        _bench.Transport.BeforeCall = null;
        Assert.Equal(["h1 Unchanged 1", "h2 Published 1", "h3 Published 1"], DeployBench.Lines(await _bench.DeployAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_rollback_that_is_cancelled_before_it_did_anything_says_so()
    {
        _bench.Flake("a", "h1");
        _ = await _bench.DeployAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _bench.Transport.BeforeCall = (_, _) =>
        {
            stop.Cancel();
            return Task.FromCanceled(stop.Token);
        };

        var cancelled = await Assert.ThrowsAsync<DeployCanceledException>(
            () => _bench.Get<IDeployer>().RollBackAsync(new RollBackRequest(), null, stop.Token));

        Assert.Empty(cancelled.Report.Hosts);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            if (value is FleetEvent.Published)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class Deleting(string path) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            if (value is FleetEvent.Evaluating { Directory: "hosts/a" })
            {
                File.Delete(path);
            }
        }
    }
}
