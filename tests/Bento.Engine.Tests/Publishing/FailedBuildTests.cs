using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;

namespace Bento.Engine.Tests.Publishing;

/// <summary>A host whose newest configuration does not build runs on, and looks well from there: the server remembers.</summary>
public sealed class FailedBuildTests : IDisposable
{
    private readonly DeployBench _bench = new();

    public FailedBuildTests() => _bench.Flake("lab", "a", "b", "c");

    private string File => _bench.Directory[".bento/failed-builds"];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("a!eval", "hosts/lab does not evaluate: undefined variable.")]
    [InlineData("a!build", "hosts/lab does not build: The builder failed.")]
    public async Task What_failed_here_is_shown_until_it_builds(string line, string reason)
    {
        _ = await _bench.DeployAsync();
        _bench.Flake("lab", line, "b", "c");
        _ = await _bench.DeployAsync();
        var since = _bench.Clock.GetUtcNow();
        _bench.Clock.Advance(TimeSpan.FromMinutes(5));
        _ = await _bench.DeployAsync();

        var failed = await StatusAsync("a");
        var other = await StatusAsync("b");
        _bench.Flake("lab", "a", "b", "c", "# mended");
        _ = await _bench.DeployAsync();
        var mended = await StatusAsync("a");

        Assert.Equal((StatusFlags.BuildFailed, true), (failed.Flags, failed.NeedsAttention));
        Assert.EndsWith(
            $"Its newest configuration has failed to build here since {since:u}: {reason}", failed.Reason, StringComparison.Ordinal);
        Assert.Equal((NextStepVerb.Plan, "a"), (failed.NextStep!.Verb, failed.NextStep.Host.ToString()));
        Assert.Equal((StatusFlags.None, StatusFlags.None), (other.Flags, mended.Flags));
    }

    [Fact]
    public async Task Who_takes_a_bad_change_back_has_nothing_to_mend_any_more()
    {
        _ = await _bench.DeployAsync();
        _bench.Flake("lab", "a!build", "b", "c");
        _ = await _bench.DeployAsync();
        _bench.Flake("lab", "a", "b", "c");
        _ = await _bench.DeployAsync();

        Assert.Equal(StatusFlags.None, (await StatusAsync("a")).Flags);
    }

    [Fact]
    public async Task A_host_that_never_got_a_release_says_why()
    {
        _bench.Flake("lab", "a!build", "b", "c");
        _ = await _bench.DeployAsync();

        var status = await StatusAsync("a");

        Assert.Equal((HostState.Unpublished, StatusFlags.BuildFailed), (status.State, status.Flags));
        Assert.Contains("does not build: The builder failed.", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_and_a_plan_remember_too_and_of_the_hosts_that_they_are_about_only()
    {
        _ = await _bench.DeployAsync();
        _bench.Flake("lab", "a!build", "b!build", "c");
        _ = await _bench.Get<IDeployer>().BuildAsync(new BuildRequest(), null, Token);
        _bench.Flake("lab", "a", "b", "c", "# mended");

        _ = await _bench.Get<IDeployer>().PlanAsync(new PlanRequest { Hosts = HostSelector.Parse("b") }, null, Token);

        Assert.Equal(StatusFlags.BuildFailed, (await StatusAsync("a")).Flags);
        Assert.Equal(StatusFlags.None, (await StatusAsync("b")).Flags);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a\tyesterday\tno\nA B\t2026-01-01T00:00:00.0000000+00:00\tno\n\0\n")]
    public async Task A_damaged_memory_is_no_memory_and_the_next_build_writes_it_again(string text)
    {
        _ = await _bench.DeployAsync();
        await System.IO.File.WriteAllTextAsync(File, text, Token);
        var damaged = await StatusAsync("a");
        _bench.Flake("lab", "a!build", "b", "c");

        _ = await _bench.DeployAsync();

        Assert.Equal(StatusFlags.None, damaged.Flags);
        Assert.Equal(StatusFlags.BuildFailed, (await StatusAsync("a")).Flags);
    }

    [Theory]
    [InlineData("ln", "-s", "/etc/hostname")]
    [InlineData("mkfifo")]
    [InlineData("mkdir")]
    public async Task What_is_not_a_file_of_ours_is_neither_read_nor_followed_and_stops_nothing(string program, params string[] arguments)
    {
        _ = await _bench.DeployAsync();
        _ = Shell.Run(program, [.. arguments, File]);
        _bench.Flake("lab", "a!build", "b", "c");

        var report = await _bench.DeployAsync();

        Assert.Equal(["a Failed", "b Published 2", "c Published 2"], DeployBench.Lines(report));
        _ = await StatusAsync("a");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<HostStatus> StatusAsync(string host) => (await _bench.Status.ReadAsync(HostSelector.All, Token))
        .Single(status => status.Host == HostName.Parse(host));
}
