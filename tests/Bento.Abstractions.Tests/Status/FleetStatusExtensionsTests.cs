using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Abstractions.Tests.Status;

public sealed class FleetStatusExtensionsTests
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Db = HostName.Parse("db");

    [Theory]
    [InlineData(HostState.UpToDate, 2, ReleaseProgress.Converged)]
    [InlineData(HostState.AutoUpdated, 2, ReleaseProgress.Converged)]
    [InlineData(HostState.UpToDate, 3, ReleaseProgress.Converged)]
    [InlineData(HostState.UpToDate, 1, ReleaseProgress.Waiting)]
    [InlineData(HostState.Failing, 1, ReleaseProgress.Waiting)]
    [InlineData(HostState.Failing, 2, ReleaseProgress.Failed)]
    [InlineData(HostState.RolledBack, 2, ReleaseProgress.Failed)]
    [InlineData(HostState.Refused, 2, ReleaseProgress.Failed)]
    [InlineData(HostState.Silent, 2, ReleaseProgress.Waiting)]
    [InlineData(HostState.NewMachine, 2, ReleaseProgress.Waiting)]
    [InlineData(HostState.RebuildPending, 2, ReleaseProgress.Waiting)]
    [InlineData(HostState.SyncPending, 2, ReleaseProgress.Waiting)]
    [InlineData(HostState.Updating, 2, ReleaseProgress.Waiting)]
    public void How_far_a_host_is_with_release_2(HostState state, int current, ReleaseProgress progress) =>
        Assert.Equal(progress, Host(Web, state, current).ProgressOf(new ReleaseNumber(0, 2)));

    [Fact]
    public async Task Following_ends_when_every_host_runs_its_release()
    {
        var looks = await FollowAsync(
            [Host(Web, HostState.RebuildPending), Host(Db, HostState.UpToDate)],
            [Host(Web, HostState.UpToDate), Host(Db, HostState.UpToDate)],
            [Host(Web, HostState.Failing), Host(Db, HostState.UpToDate)]);

        Assert.Equal(2, looks.Count);
    }

    [Fact]
    public async Task Following_ends_when_one_host_failed()
    {
        var looks = await FollowAsync(
            [Host(Web, HostState.Updating), Host(Db, HostState.Updating)],
            [Host(Web, HostState.Updating), Host(Db, HostState.RolledBack)],
            [Host(Web, HostState.UpToDate), Host(Db, HostState.RolledBack)]);

        Assert.Equal(2, looks.Count);
    }

    [Fact]
    public async Task Following_waits_for_no_host_that_is_away_if_told_so()
    {
        IReadOnlyList<HostStatus>[] looks =
        [
            [Host(Web, HostState.Updating), Host(Db, HostState.Silent)],
            [Host(Web, HostState.UpToDate), Host(Db, HostState.Silent)],
            [Host(Web, HostState.UpToDate), Host(Db, HostState.UpToDate)],
        ];

        Assert.Equal(2, (await FollowAsync(skipAbsent: true, looks)).Count);
        Assert.Equal(3, (await FollowAsync(skipAbsent: false, looks)).Count);
    }

    [Theory]
    [InlineData(HostState.Silent, StatusFlags.None, true, true)]
    [InlineData(HostState.RebuildPending, StatusFlags.Paused, true, true)]
    [InlineData(HostState.NewMachine, StatusFlags.None, false, true)]
    [InlineData(HostState.RebuildPending, StatusFlags.Degraded, true, false)]
    [InlineData(HostState.Failing, StatusFlags.None, true, false)]
    public void A_host_is_away_when_it_is_silent_paused_or_was_never_heard(
        HostState state, StatusFlags flags, bool isHeard, bool isAbsent) => Assert.Equal(
            isAbsent,
            (Host(Web, state) with { Flags = flags, LastSeen = isHeard ? DateTimeOffset.UnixEpoch : null }).IsAbsent());

    [Fact]
    public async Task Following_nobody_asks_nobody()
    {
        var status = new Scripted([]);

        var looks = await status.FollowUntilSettledAsync(
            new Dictionary<HostName, ReleaseNumber>(), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(looks);
    }

    private static Task<IReadOnlyList<IReadOnlyList<HostStatus>>> FollowAsync(params IReadOnlyList<HostStatus>[] looks) =>
        FollowAsync(skipAbsent: false, looks);

    private static async Task<IReadOnlyList<IReadOnlyList<HostStatus>>> FollowAsync(
        bool skipAbsent, IReadOnlyList<HostStatus>[] looks) =>
        await new Scripted(looks).FollowUntilSettledAsync(
            new Dictionary<HostName, ReleaseNumber> { [Web] = new(0, 2), [Db] = new(0, 2) },
            TimeSpan.FromSeconds(1),
            skipAbsent,
            TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private static HostStatus Host(HostName host, HostState state, int current = 2) => new()
    {
        Host = host,
        State = state,
        Reason = "So it is.",
        Number = new ReleaseNumber(0, current),
        LastSeen = DateTimeOffset.UnixEpoch,
    };

    private sealed class Scripted(IReadOnlyList<IReadOnlyList<HostStatus>> looks) : IFleetStatus
    {
        public Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
            HostSelector hosts, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var look in looks)
            {
                await Task.Yield();
                yield return look;
            }
        }

        public IAsyncEnumerable<FleetChange> WatchAsync(
            HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
