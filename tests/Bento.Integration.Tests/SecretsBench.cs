using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>A fleet of two hosts with secrets, on a real Nix, whose memory is a directory in /dev/shm.</summary>
internal sealed class SecretsBench : IDisposable
{
    private static readonly HostName Db = HostName.Parse("db");
    private static readonly HostName Web = HostName.Parse("web");
    private const string Password = "correct-horse-battery-staple";

    public TestFleet Fleet { get; } = TestFleet.Local();
    public string Memory { get; } = Directory.CreateDirectory($"/dev/shm/bento-test-{Guid.NewGuid():N}").FullName;

    public SecretsBench()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives files away");
        Fleet.WriteFlake("lab", ("web", new TestSystem()), ("db", new TestSystem()));
        WriteSecret("web/db.password", Password);
    }

    public void Dispose()
    {
        Fleet.Dispose();
        Directory.Delete(Memory, recursive: true);
    }

    public async Task DeployedAsync(Action<BentoHostOptions>? configure = null)
    {
        Assert.All((await DeployAsync(
            configure)).Hosts, host => Assert.Equal((DeployOutcome.Published, null), (host.Outcome, host.Failure)));
        Assert.Equal(AttemptOutcome.Succeeded, (await RunAgentAsync(Web)).Outcome);
    }

    public string State => Path.Join(Fleet.Nix.CreateDirectory("machines/web"), "state/secrets");

    /// <summary>What lies in memory is gone.</summary>
    public void Reboot()
    {
        File.Delete(Link(Web));
        Directory.Delete(Link(Web) + ".d", recursive: true);
    }

    public static (AgentConclusion Conclusion, string? Locked) Brief(AgentResult result) => (result.Conclusion, result.LockedSecrets);

    public Task<DeployReport> DeployAsync(Action<BentoHostOptions>? configure = null) => Fleet.DeployAsync(configure: options =>
    {
        foreach (var host in new[] { Web, Db })
        {
            options.Hosts[host.ToString()] = new BentoHostOptions { PublicKey = File.ReadAllText(Key(host) + ".pub") };
        }

        configure?.Invoke(options.Hosts["web"]);
    });

    public Task<AgentResult> RunAgentAsync(
        HostName host,
        Action<AgentOptions>? configure = null,
        Func<bool>? isReachable = null,
        TimeSpan later = default) => Fleet.RunAgentAsync(
        host,
        options =>
        {
            options.SecretsDirectory = Link(host);
            options.SecretsIdentityFile = Key(host);
            configure?.Invoke(options);
        },
        isReachable,
        later);

    public string Link(HostName host) => Path.Join(Memory, host.ToString(), "secrets");

    public string? Secret(HostName host, string path) =>
        File.Exists(Path.Join(Link(host), path)) ? File.ReadAllText(Path.Join(Link(host), path)) : null;

    public void WriteSecret(string path, string text)
    {
        var file = Path.Join(Fleet.Directory, "hosts/lab/secrets", path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public string Key(HostName host)
    {
        var path = Path.Join(Fleet.Nix.CreateDirectory("keys"), $"host-{host}");
        return File.Exists(path) ? path : Fleet.MakeKey($"host-{host}");
    }
}
