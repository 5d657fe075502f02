using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Control;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Control;

public sealed class AgentStateRuleTests
{
    private static readonly MachineState Machine = new() { Running = null, Booted = null, Profile = null };

    [Fact]
    public void A_host_that_never_had_a_release_says_so()
    {
        var state = Describe(null);

        Assert.Equal("No release was ever tried on this host.", state.Summary);
        Assert.Null(state.Number);
        Assert.Empty(state.Waits);
    }

    [Theory]
    [InlineData(AttemptPhase.Fetching, "fetching")]
    [InlineData(AttemptPhase.Building, "building")]
    [InlineData(AttemptPhase.Activating, "being switched to")]
    [InlineData(AttemptPhase.Confirming, "being confirmed")]
    [InlineData(AttemptPhase.RollingBack, "being undone")]
    internal void An_attempt_that_goes_on_is_named_by_its_phase(AttemptPhase phase, string words)
    {
        var state = Describe(Attempt(phase));

        Assert.EndsWith($"is {words}.", state.Summary, StringComparison.Ordinal);
        Assert.Null(state.Outcome);
    }

    [Fact]
    public void What_waits_is_said_with_its_reason()
    {
        var failed = Attempt(
            AttemptPhase.Finished) with
        { Outcome = AttemptOutcome.FetchFailed, Reason = "away", RetryAt = DateTimeOffset.UnixEpoch };
        var parked = Attempt(AttemptPhase.Finished) with { Outcome = AttemptOutcome.RolledBack, Reason = "unwell" };

        Assert.Contains(
            "until the server can be reached", Assert.Single(Describe(Attempt(AttemptPhase.Ready)).Waits), StringComparison.Ordinal);
        Assert.Contains("1970-01-01", Assert.Single(Describe(failed).Waits), StringComparison.Ordinal);
        Assert.Contains("waits for the next one", Assert.Single(Describe(parked).Waits), StringComparison.Ordinal);
        Assert.Contains("window", Assert.Single(Describe(null, RebootVerdict.NotNow).Waits), StringComparison.Ordinal);
        Assert.Contains(
            ": lunch",
            Assert.Single(Describe(null, pause: new AgentPause { Since = DateTimeOffset.UnixEpoch, Reason = "lunch", Until = null }).Waits),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_are_not_in_memory_are_said()
    {
        var state = AgentStateRule.Describe(
            HostName.Parse("web"),
            AgentJournal.Empty,
            Machine,
            RebootVerdict.NotNeeded,
            null,
            areSecretsMissing: true,
            DateTimeOffset.UnixEpoch);

        Assert.True(state.AreSecretsLocked);
        Assert.Contains("not in memory", Assert.Single(state.Waits), StringComparison.Ordinal);
    }

    private static AgentState Describe(JournalAttempt? attempt, RebootVerdict reboot = RebootVerdict.NotNeeded, AgentPause? pause = null) =>
        AgentStateRule.Describe(
            HostName.Parse("web"),
            new AgentJournal { Attempt = attempt },
            Machine,
            reboot,
            pause,
            areSecretsMissing: false,
            DateTimeOffset.UnixEpoch);

    private static JournalAttempt Attempt(AttemptPhase phase) => new(SomeRelease.Of(), 2, DateTimeOffset.UnixEpoch, phase);
}
