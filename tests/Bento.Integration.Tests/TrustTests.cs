using Bento.Agents;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>Somebody who can write an area, but has not the key, with a real Nix and the real ssh-keygen.</summary>
public sealed class TrustTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task T1_a_release_that_another_key_signed_is_refused_shown_and_changes_nothing_on_the_host()
    {
        using var fleet = await DeployedAsync();
        var (running, state) = (fleet.Running(Web), fleet.State(Web));

        // The attacker has all that the publisher has, but the key.
        var key = fleet.SigningKey;
        fleet.SigningKey = fleet.MakeKey("attacker");
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "evil" }));
        Assert.True((await fleet.DeployAsync()).IsSuccess);
        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal((AgentConclusion.Refused, Refusal.Untrusted, true), (result.Conclusion, result.Refusal, result.IsReported));
        var stranger = Shell.Run("ssh-keygen", "-l", "-f", fleet.SigningKey).Split(' ')[1];
        Assert.Equal($"The release is not signed by a trusted key. It is signed by {stranger}, which is not trusted here.", result.Reason);
        Assert.Equal((running, 1), (fleet.Running(Web), fleet.SwitchCount(Web)));
        Assert.Equal(state, fleet.State(Web));
        var status = await fleet.StatusAsync(Web);
        Assert.Equal(HostState.Refused, status.State);
        Assert.Contains(stranger, status.Reason, StringComparison.Ordinal);

        fleet.SigningKey = key;
        Assert.Equal(DeployOutcome.Published, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
        Assert.Equal(HostState.UpToDate, (await fleet.StatusAsync(Web)).State);
    }

    [Fact(Timeout = 120_000)]
    public async Task T1_a_release_that_somebody_touched_is_refused_and_its_state_files_stay_as_they_are()
    {
        using var fleet = await DeployedAsync();
        var state = fleet.State(Web);
        var path = Path.Join(fleet.Directory, ".bento", "areas", "web", "release.json");
        var good = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        for (var at = 0; at < good.Length; at += 97)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x01;
            await File.WriteAllBytesAsync(path, bad, TestContext.Current.CancellationToken);
            var result = await fleet.RunAgentAsync(Web);
            Assert.True(
                result is { Conclusion: AgentConclusion.Refused, Refusal: Refusal.Untrusted or Refusal.Malformed },
                $"byte {at}: {result.Reason}");
            Assert.Equal(state, fleet.State(Web));
        }

        Assert.Equal(1, fleet.SwitchCount(Web));
    }

    [Fact(Timeout = 120_000)]
    public async Task T10_a_host_is_ready_for_a_key_when_it_says_that_it_trusts_it_and_not_because_it_runs_what_that_key_signed()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem()));
        _ = await fleet.DeployAsync();
        await using var services = fleet.Operator(null);
        var handover = services.GetRequiredService<IKeyHandover>();
        var (old, next) = (
            SshPublicKey.Parse(fleet.TrustedKey),
            SshPublicKey.Parse(await File.ReadAllTextAsync(fleet.MakeKey("next") + ".pub", TestContext.Current.CancellationToken)));

        Assert.Equal([Web], await handover.FindUnreadyAsync([old], 1, TestContext.Current.CancellationToken));
        _ = await fleet.RunAgentAsync(Web);
        Assert.Empty(await handover.FindUnreadyAsync([old], 1, TestContext.Current.CancellationToken));
        Assert.Empty(await handover.FindUnreadyAsync([old, next], 1, TestContext.Current.CancellationToken));
        Assert.Equal([Web], await handover.FindUnreadyAsync([next], 1, TestContext.Current.CancellationToken));
        Assert.Equal([Web], await handover.FindUnreadyAsync([old, next], 2, TestContext.Current.CancellationToken));

        // Both keys sign, and the step of telling the host is forgotten: it takes the release for the sake of the old key.
        fleet.SecondSigningKey = Path.Join(Path.GetDirectoryName(fleet.SigningKey), "next");
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        _ = await fleet.DeployAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
        Assert.Equal([Web], await handover.FindUnreadyAsync([next], 1, TestContext.Current.CancellationToken));

        fleet.TrustedKey = next.ToString();
        _ = await fleet.RunAgentAsync(Web);
        Assert.Empty(await handover.FindUnreadyAsync([next], 1, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task Signing_with_another_key_publishes_anew_what_did_not_change()
    {
        using var fleet = await DeployedAsync();
        Assert.Equal(DeployOutcome.Unchanged, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);

        fleet.SigningKey = fleet.MakeKey("next");
        fleet.TrustedKey = await File.ReadAllTextAsync(fleet.SigningKey + ".pub", TestContext.Current.CancellationToken);
        Assert.Equal(Refusal.Untrusted, (await fleet.RunAgentAsync(Web)).Refusal);
        Assert.Equal(DeployOutcome.Published, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);

        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
        Assert.Equal(1, fleet.SwitchCount(Web));
        Assert.Equal(DeployOutcome.Unchanged, Assert.Single((await fleet.DeployAsync()).Hosts).Outcome);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_its_key_a_deploy_publishes_nothing_and_says_which_key()
    {
        using var fleet = await DeployedAsync();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        File.Delete(fleet.SigningKey);

        var exception = await Assert.ThrowsAsync<Bento.Trust.SigningException>(() => fleet.DeployAsync());

        Assert.Contains(fleet.SigningKey, exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await fleet.StatusAsync(Web)).Number?.Sequence);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_that_cannot_sign_is_told_before_anything_is_built_and_areas_stay_as_they_are()
    {
        using var fleet = await DeployedAsync();
        var area = Path.Join(fleet.Directory, ".bento", "areas", "web");
        var before = Directory.EnumerateFiles(area, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        File.SetUnixFileMode(fleet.SigningKey, (UnixFileMode)0b110_100_100);

        var exception = await Assert.ThrowsAsync<SigningException>(() => fleet.DeployAsync());

        Assert.Equal($"Run: chmod 600 {fleet.SigningKey}", exception.NextStep?.Text);
        Assert.Equal(before, Directory.EnumerateFiles(area, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    private static async Task<TestFleet> DeployedAsync()
    {
        var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
        return fleet;
    }
}
