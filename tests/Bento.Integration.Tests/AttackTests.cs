using System.Text.Json.Nodes;
using Bento.Agents;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>Rows of docs/trust.md that take a host, its agent and a real Nix.</summary>
public sealed class AttackTests
{
    private static readonly HostName Web = HostName.Parse("web");

    [Fact(Timeout = 120_000)]
    public async Task T3_a_flake_with_an_input_that_no_lock_file_holds_is_not_published()
    {
        using var fleet = TestFleet.Local();
        _ = new TestFlake { Inputs = $"inputs.dep = {{ url = \"path:{fleet.Nix.CreateDirectory("dep")}\"; flake = false; }};" }
            .With("web").WriteTo(Path.Join(fleet.Directory, "hosts", "lab"));

        var report = await fleet.DeployAsync();

        Assert.False(report.IsSuccess);
        Assert.Contains("nix flake lock", Assert.Single(report.Problems).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(fleet.Directory, ".bento", "areas", "web")));
    }

    [Fact(Timeout = 120_000)]
    public async Task T3_settings_of_nix_that_a_flake_brings_are_not_taken()
    {
        using var fleet = TestFleet.Local();
        var proof = Path.Join(fleet.Nix.CreateDirectory("hook"), "ran");
        var hook = Path.Join(Path.GetDirectoryName(proof), "hook");
        await File.WriteAllTextAsync(hook, $"#!/bin/sh\necho ran > {proof}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(hook, (UnixFileMode)0b111_101_101);

        // What is built while the flake is evaluated is built by the program that would take the setting.
        var version =
            $$"""builtins.readFile (derivation { name = "version"; system = "{{TestSystem.Platform}}"; builder = "/bin/sh"; args = [ "-c" "printf 7 > $out" ]; })""";
        _ = new TestFlake { Inputs = $"nixConfig.post-build-hook = \"{hook}\";" }
            .WithExpression("web", $"mkSystem {{ host = \"web\"; version = {version}; }}")
                .WriteTo(Path.Join(fleet.Directory, "hosts", "lab"));

        Assert.True((await fleet.DeployAsync()).IsSuccess);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);

        Assert.False(File.Exists(proof));
    }

    [Fact(Timeout = 120_000)]
    public async Task T3_FB7_a_tree_that_makes_another_system_than_the_release_expects_is_a_mismatch_and_the_profile_untouched()
    {
        using var fleet = await DeployedAsync();
        var running = fleet.Running(Web);
        var payload = TestSeal.Payload(fleet, Web);
        payload["sequence"] = 2;
        payload["id"] = new string('a', 32);
        payload["expectedSystem"] = running!.Replace("-nixos-system-", "-nixos-system-other-", StringComparison.Ordinal);
        TestSeal.Put(fleet, Web, payload, fleet.SigningKey);

        var result = await fleet.RunAgentAsync(Web);

        Assert.Equal((AttemptOutcome.Mismatch, running, 1), (result.Outcome, fleet.Running(Web), fleet.SwitchCount(Web)));
    }

    [Fact(Timeout = 120_000)]
    public async Task T4_a_fleet_whose_numbers_are_used_up_goes_on_in_the_next_epoch_which_only_the_host_itself_can_begin()
    {
        using var fleet = await DeployedAsync();
        foreach (var copy in new[] { "journal.json", "journal.copy.json" }.Select(
            name => fleet.State(Web).Keys.Single(path => Path.GetFileName(path) == name)))
        {
            var journal = JsonNode.Parse(await File.ReadAllTextAsync(copy, TestContext.Current.CancellationToken))!;
            journal["sequence"] = long.MaxValue;
            _ = journal.AsObject().Remove("digest");
            await File.WriteAllTextAsync(copy, journal.ToJsonString(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(Refusal.Rollback, (await fleet.RunAgentAsync(Web)).Refusal);
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "2" }));
        Assert.True((await fleet.DeployAsync(configure: options => options.Epoch = 1)).IsSuccess);
        var stranger = await fleet.RunAgentAsync(Web);
        Assert.Equal((Refusal.WrongEpoch, HostState.Refused), (stranger.Refusal, (await fleet.StatusAsync(Web)).State));

        var result = await fleet.RunAgentAsync(Web, options => options.Trust.Epoch = 1);

        Assert.Equal((AttemptOutcome.Succeeded, new ReleaseNumber(1, 1)), (result.Outcome, result.Number));
        var status = await fleet.StatusAsync(Web);
        Assert.Equal((HostState.UpToDate, new ReleaseNumber(1, 1)), (status.State, status.Number));
        Assert.Equal(AgentConclusion.UpToDate, (await fleet.RunAgentAsync(Web, options => options.Trust.Epoch = 1)).Conclusion);
    }

    [Fact(Timeout = 120_000)]
    public async Task T5_an_old_release_is_taken_to_its_last_second_and_then_starts_nothing_and_stops_nothing()
    {
        using var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync(configure: options => options.ReleaseLifetime = TimeSpan.FromHours(2));
        var left = TestSeal.Payload(fleet, Web)["expires"]!.GetValue<DateTimeOffset>() - TimeProvider.System.GetUtcNow();

        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web, later: left - TimeSpan.FromMinutes(1))).Outcome);
        var (running, state) = (fleet.Running(Web), fleet.State(Web));
        var late = await fleet.RunAgentAsync(Web, later: left + TimeSpan.FromSeconds(1));

        Assert.Equal((AgentConclusion.Refused, Refusal.Stale, true), (late.Conclusion, late.Refusal, late.IsReported));
        Assert.Equal((running, 1), (fleet.Running(Web), fleet.SwitchCount(Web)));
        Assert.Equal(state, fleet.State(Web));
        var status = await fleet.StatusAsync(Web);
        Assert.Equal(HostState.Refused, status.State);
        Assert.StartsWith("stale:", status.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task T10_two_of_three_keys_must_sign_and_one_that_was_removed_counts_no_more()
    {
        using var fleet = await DeployedAsync();
        string[] keys = [fleet.SigningKey, fleet.MakeKey("second"), fleet.MakeKey("third")];
        var payload = TestSeal.Payload(fleet, Web);
        payload["sequence"] = 2;
        payload["id"] = new string('b', 32);

        TestSeal.Put(fleet, Web, payload, keys[0], keys[0]);
        Assert.Equal(Refusal.Untrusted, (await fleet.RunAgentAsync(Web, Trust(2, keys))).Refusal);
        TestSeal.Put(fleet, Web, payload, keys[0], keys[2]);
        Assert.Equal(Refusal.Untrusted, (await fleet.RunAgentAsync(Web, Trust(2, keys[0], keys[1]))).Refusal);
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web, Trust(2, keys))).Outcome);
    }

    private static Action<AgentOptions> Trust(int threshold, params string[] keys) => options =>
    {
        options.Trust.TrustedKeys.Clear();
        options.Trust.Threshold = threshold;
        foreach (var key in keys)
        {
            options.Trust.TrustedKeys.Add(File.ReadAllText(key + ".pub"));
        }
    };

    private static async Task<TestFleet> DeployedAsync()
    {
        var fleet = TestFleet.Local();
        fleet.WriteFlake("lab", ("web", new TestSystem { Version = "1" }));
        _ = await fleet.DeployAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await fleet.RunAgentAsync(Web)).Outcome);
        return fleet;
    }
}
