using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>What is said of a release that waits.</summary>
public sealed class StatusPendingTests
{
    private const string Rejection = "does not switch to again";

    [Theory]
    [InlineData("new", false, true)]
    [InlineData("new", true, false)]
    [InlineData("other", false, false)]
    public void A_release_with_a_system_that_the_host_went_back_from_and_does_not_retry_says_so(
        string rejected, bool retryRolledBack, bool isSaid)
    {
        var facts = KnownFacts.Of("old:Succeeded beat:old");
        var (current, old) = (facts.Record.Releases[0], facts.Record.Releases[1]);
        var release = current.Release with { Policy = current.Release.Policy with { RetryRolledBack = retryRolledBack } };
        var record = facts.Record with
        {
            Releases = [current with { Release = release }, old],
            Heartbeat = facts.Heartbeat! with { Rejected = new RejectedSystems([SomeRelease.System(rejected)]) },
        };

        var status = StatusRule.Judge(facts with { Record = record }, KnownFacts.Now);

        Assert.Equal(HostState.RebuildPending, status.State);
        Assert.Equal(isSaid, status.Reason.Contains(Rejection, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("old:Succeeded")]
    [InlineData("old:Succeeded beat:old")]
    public void A_host_that_named_no_such_system_is_not_said_to_have_gone_back(string known) =>
        Assert.DoesNotContain(
            Rejection, StatusRule.Judge(KnownFacts.Of(known), KnownFacts.Now).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, HostState.RebuildPending)]
    [InlineData(2, HostState.SyncPending)]
    public void Where_no_system_is_expected_the_files_of_the_last_success_are_compared(int sameAs, HostState state)
    {
        var first = Channel(1, files: 1);
        var second = Channel(2, files: 2);
        var current = Channel(3, files: sameAs);
        var record = new HostRecord
        {
            Releases = [Published(current), Published(second), Published(first)],
            Attempts = [KnownFacts.Attempt("Succeeded", second, 1), KnownFacts.Attempt("Succeeded", first, 1)],
        };

        Assert.Equal(state, StatusRule.Judge(new HostFacts(current.Host, record, []), KnownFacts.Now).State);
    }

    private static Release Channel(long number, int files)
    {
        var release = SomeRelease.Of(sequence: number);
        return ReleaseIdentity.WithId(release with
        {
            Kind = ConfigurationKind.Channel,
            Attribute = null,
            ExpectedSystem = null,
            Content = release.Content with { TreeHash = TreeHash.FromBytes([(byte)files, .. new byte[31]]) },
        });
    }

    private static PublishedRelease Published(Release release) => new() { Release = release, At = KnownFacts.Now, By = "me" };
}
