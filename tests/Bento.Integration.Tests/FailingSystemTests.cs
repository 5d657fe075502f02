using Bento.Agents;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Fleet;
using Bento.Testing.Fleet;

namespace Bento.Integration.Tests;

/// <summary>Which systems a host tries again after they failed.</summary>
public sealed class FailingSystemTests : IDisposable
{
    private readonly ScriptedFleet _fleet = new(hosts: 1);
    private readonly FleetObserver _observer;

    public FailingSystemTests() => _observer = new FleetObserver(_fleet);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScriptedHost Host => _fleet.Hosts[0];

    [Fact(Timeout = 60_000)]
    public async Task FA11_a_system_that_fails_waits_for_the_next_release_however_often_the_host_polls()
    {
        await UpToDateAsync();
        await PublishAsync();
        Host.Machine.Next = SwitchScript.Failed;
        _ = await PollAsync();
        var switches = Host.Machine.Activated.Count;
        for (var poll = 0; poll < 5; poll++)
        {
            _fleet.Wait(TimeSpan.FromHours(7));
            Assert.Equal(AgentConclusion.Waiting, (await PollAsync())!.Conclusion);
        }

        Assert.Equal(switches, Host.Machine.Activated.Count);
        await PublishAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task FA11_a_system_that_was_rolled_back_is_not_tried_again_because_another_file_changed()
    {
        await UpToDateAsync();
        await PublishAsync();
        Host.Machine.Next = SwitchScript.Failed;
        _ = await PollAsync();
        var switches = Host.Machine.Activated.Count;
        _ = await _fleet.PublishNoteAsync(Host, Cancellation);

        var result = await PollAsync();

        Assert.Equal((AttemptOutcome.RolledBack, switches), (result!.Outcome, Host.Machine.Activated.Count));
        var status = await ObserveAsync();
        Assert.Equal(HostState.RolledBack, status.State);
        await PublishAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task FA11_a_system_that_was_rolled_back_is_not_tried_again_although_another_one_held_in_between()
    {
        await UpToDateAsync();
        await PublishAsync();
        Host.Machine.Next = SwitchScript.Failed;
        Assert.Equal(AttemptOutcome.RolledBack, (await PollAsync())!.Outcome);
        await PublishAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
        var switches = Host.Machine.Activated.Count;

        // Nobody has looked at the status since: what the host says lies in its area.
        var report = await _fleet.RollBackAsync(Host, Cancellation);

        Assert.Contains(report.Remarks, remark => remark.Contains("does not switch to it again", StringComparison.Ordinal));
        Assert.Equal((AttemptOutcome.RolledBack, switches), ((await PollAsync())!.Outcome, Host.Machine.Activated.Count));
        Assert.Equal(HostState.RolledBack, (await ObserveAsync()).State);
    }

    public void Dispose() => _fleet.Dispose();

    private async Task UpToDateAsync()
    {
        await PublishAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
    }

    private async Task PublishAsync() => Assert.True((await _fleet.PublishAsync(Host, cancellationToken: Cancellation))!.IsSuccess);

    private Task<AgentResult?> PollAsync() => Host.PollAsync(Cancellation);

    private async Task<Observation> ObserveAsync() => Assert.Single(await _observer.ObserveAsync(Cancellation));
}
