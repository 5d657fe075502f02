using Bento.Status;

namespace Bento.Abstractions.Tests.Status;

public sealed class HostStatusTests
{
    [Theory]
    [InlineData(HostState.UpToDate, StatusFlags.RebootPending | StatusFlags.Paused, null, false)]
    [InlineData(HostState.Updating, StatusFlags.None, null, false)]
    [InlineData(HostState.Failing, StatusFlags.Unreadable, NextStepVerb.Examine, true)]
    [InlineData(HostState.Failing, StatusFlags.Degraded, NextStepVerb.ReadLog, true)]
    [InlineData(HostState.RolledBack, StatusFlags.None, NextStepVerb.ReadLog, true)]
    [InlineData(HostState.Refused, StatusFlags.None, NextStepVerb.ReadHistory, true)]
    [InlineData(HostState.Silent, StatusFlags.Drift, null, true)]
    [InlineData(HostState.UpToDate, StatusFlags.Degraded | StatusFlags.Drift, null, true)]
    [InlineData(HostState.UpToDate, StatusFlags.Drift, NextStepVerb.Compare, true)]
    [InlineData(HostState.UpToDate, StatusFlags.BootedOld, NextStepVerb.Compare, true)]
    [InlineData(HostState.RebuildPending, StatusFlags.Overdue, NextStepVerb.InspectAgent, true)]
    [InlineData(HostState.ExtraLogs, StatusFlags.None, NextStepVerb.ReadHistory, true)]
    public void Who_needs_attention_has_a_next_step_and_nobody_else(
        HostState state, StatusFlags flags, NextStepVerb? verb, bool isThere)
    {
        var status = new HostStatus { Host = HostName.Parse("web"), State = state, Flags = flags, Reason = "Because." };

        Assert.Equal((isThere, isThere), (status.NeedsAttention, status.NextStep is not null));
        Assert.Equal(verb, status.NextStep?.Verb);
        Assert.Equal(isThere ? status.Host : null, status.NextStep?.Host);
    }
}
