using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Deploy;

/// <summary>The program as a process, on a real Nix.</summary>
public sealed class DeployCommandTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;

    public DeployCommandTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
    }

    [Fact(Timeout = 60_000)]
    public async Task One_bad_host_never_hides_the_others_and_the_exit_code_says_so()
    {
        Write(("good", new TestSystem()), ("bad", new TestSystem { BuildScript = "echo no luck; exit 1" }));

        var run = await RunAsync("deploy", "--json");

        using var report = JsonDocument.Parse(run.Out);
        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Equal(
            ["bad failed", "good published"],
            report.RootElement.GetProperty("hosts")
                .EnumerateArray()
                .Select(host => $"{host.GetProperty("host")} {host.GetProperty("outcome")}"));
        Assert.Contains("no luck", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dry_run_says_what_would_be_built_and_builds_nothing()
    {
        Write(("web", new TestSystem()));

        var run = await RunAsync("build", "dry-run");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("1 to build, 0 to fetch", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(_nix.StoreDirectory), path => path.EndsWith("nixos-system-web-1", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_answers_no_is_told_that_nothing_was_published_and_so_is_a_script()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no script(1) to make a terminal");
        Write(("web", new TestSystem()));

        var run = await CliProcess.RunAsync(
            "sh", ["-c", $"echo no | script --quiet --return --command '{CliProcess.Program} deploy' /dev/null"], Environment);

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains("bento: nothing was published.", run.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_fleet, ".bento", "areas", "web", "release.json")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Interrupting_a_build_stops_Nix_and_leaves_nothing_behind()
    {
        Write(("web", new TestSystem { BuildScript = "echo started; sleep 600" }));
        using var process = CliProcess.Start(CliProcess.Program, ["deploy", "--verbose"], Environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("started", StringComparison.Ordinal))
        {
        }

        _ = Shell.Run("kill", "-INT", $"{process.Id}");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
        Assert.Contains("interrupted", error, StringComparison.Ordinal);
        Assert.Empty(await output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_fleet, ".bento", "work")));
        Assert.False(Path.Exists(Path.Join(_fleet, ".bento", "areas", "web", "release.json")));
    }

    [Fact(Timeout = 120_000)]
    public async Task FP1_a_deploy_that_is_killed_at_any_rename_leaves_the_old_release_or_the_new_and_the_next_one_finishes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        Write(("web", new TestSystem { Version = "1" }));
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        var old = await ReleaseAsync();
        var killed = 0;

        for (var call = 1; call <= 8; call++)
        {
            Write(("web", new TestSystem { Version = $"{call + 1}" }));
            var run = await CliProcess.RunAsync("strace", [.. Kill.AtRename(call), CliProcess.Program, "deploy"], Environment);
            var release = await ReleaseAsync();
            Assert.True(
                release == old || File.Exists(Archive(release)),
                $"After a kill at rename {call} the release names content that is not there.");
            killed += run.ExitCode == ExitCodes.Success ? 0 : 1;

            Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
            var finished = await ReleaseAsync();
            Assert.NotEqual(old, finished);
            old = finished;
        }

        Assert.True(killed >= 3, $"Only {killed} kills: a deploy that publishes renames at least an archive, a directory and a release.");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_fleet, ".bento", "areas", "web"), ".*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(_fleet, ".bento", "work")));
    }

    [Fact(Timeout = 60_000)]
    public async Task FP2_a_full_disk_names_the_path_and_keeps_the_old_release()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root can mount a small disk");
        using var disk = new TinyDisk("size=256k");
        await File.WriteAllTextAsync(
            Path.Join(_fleet, "bento.json"),
            $$"""{ "areas": { "directory": "{{disk["areas"]}}" } }""",
            TestContext.Current.CancellationToken);
        Write(("web", new TestSystem { Version = "1" }));
        Assert.Equal(ExitCodes.Success, (await RunAsync("deploy")).ExitCode);
        var release = Path.Join(disk["areas"], "web", "release.json");
        var old = await File.ReadAllBytesAsync(release, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Path.Join(_fleet, "hosts", "lab", "large"),
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(512 * 1024),
            TestContext.Current.CancellationToken);

        var run = await RunAsync("deploy");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains(disk["areas"], run.Error, StringComparison.Ordinal);
        Assert.Equal(old, await File.ReadAllBytesAsync(release, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Join(disk["areas"], "web"), ".*.tmp", SearchOption.AllDirectories));
    }

    [Fact(Timeout = 60_000)]
    public async Task FP4_a_second_publisher_is_told_who_is_first()
    {
        Write(("web", new TestSystem { BuildScript = "echo started; sleep 600" }));
        using var first = CliProcess.Start(CliProcess.Program, ["deploy", "--verbose"], Environment);
        while (await first.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("started", StringComparison.Ordinal))
        {
        }

        var second = await RunAsync("deploy");
        _ = Shell.Run("kill", "-INT", $"{first.Id}");
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Busy, second.ExitCode);
        Assert.Contains($"process {first.Id}", second.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Status_as_JSON_has_an_object_a_host()
    {
        Write(("web", new TestSystem()));
        _ = await RunAsync("deploy");

        var run = await RunAsync("status", "--json");

        using var status = JsonDocument.Parse(run.Out);
        var host = Assert.Single(status.RootElement.GetProperty("hosts").EnumerateArray());
        Assert.Equal(("web", "new-machine"), (host.GetProperty("host").GetString(), host.GetProperty("state").GetString()));
        Assert.All(["reason", "expected", "running"], name => Assert.True(host.TryGetProperty(name, out _)));
    }

    public void Dispose() => _nix.Dispose();

    private Dictionary<string, string?> Environment => new(_nix.Environment) { ["BENTO_DIR"] = _fleet };

    private Task<CliProcess> RunAsync(params string[] arguments) => CliProcess.RunAsync(Environment, arguments);

    private void Write(params (string Host, TestSystem System)[] hosts)
    {
        var flake = new TestFlake();
        foreach (var (host, system) in hosts)
        {
            _ = flake.With(host, system);
        }

        _ = flake.WriteTo(Path.Join(_fleet, "hosts", "lab"));
    }

    private Task<string> ReleaseAsync() =>
        File.ReadAllTextAsync(Path.Join(_fleet, ".bento", "areas", "web", "release.json"), TestContext.Current.CancellationToken);

    private string Archive(string release)
    {
        using var envelope = JsonDocument.Parse(release);
        using var payload = JsonDocument.Parse(envelope.RootElement.GetProperty("payload").GetBytesFromBase64());
        return Path.Join(
            _fleet,
            ".bento",
            "areas",
            "web",
            "content",
            payload.RootElement.GetProperty("content").GetProperty("sha256").GetString() + ".tar.gz");
    }
}
