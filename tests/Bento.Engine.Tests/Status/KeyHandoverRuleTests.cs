using System.Globalization;
using Bento.Agents;
using Bento.Building;
using Bento.Engine.Tests.Publishing;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class KeyHandoverRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("old", "1:Succeeded", false)]
    [InlineData("old old+new", "1:Succeeded", false)]
    [InlineData("old old+new", "1:Succeeded 2:RolledBack", false)]
    [InlineData("old old+new", "1:Succeeded 2:BuildFailed", false)]
    [InlineData("old old+new", "1:Succeeded 2:Succeeded", true)]
    [InlineData("old old+new", "2:Degraded", true)]
    [InlineData("old old+new", "2:RebootNeeded", false)]
    [InlineData("old old+new", "2:RebootNeeded,rebooted", true)]
    [InlineData("old old+new old", "2:Succeeded 3:BuildFailed", true)]
    [InlineData("nobody", "1:Succeeded", false)]
    [InlineData("", "", false)]
    public void A_host_is_ready_when_it_runs_what_the_remaining_key_signed_when_it_was_published(string published, string attempts, bool isReady) =>
        Assert.Equal(isReady, KeyHandoverRule.IsReady(Record(published, attempts), ["new"], 1));

    [Theory]
    [InlineData("a+b+c", 2, true)]
    [InlineData("a+c", 2, false)]
    [InlineData("a+c", 1, true)]
    public void As_many_of_the_remaining_keys_must_have_signed_as_hosts_ask_for(string published, int threshold, bool isReady) =>
        Assert.Equal(isReady, KeyHandoverRule.IsReady(Record(published, "1:Succeeded"), ["a", "b"], threshold));

    [Fact]
    public void Who_signed_is_kept_on_the_disk() =>
        Assert.Equal(["old", "new"], RecordJson.Read(RecordJson.Write(Record("old+new", string.Empty))).Releases[0].SignedBy);

    private static HostRecord Record(string published, string attempts)
    {
        var releases = published.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((signers, index) => new PublishedRelease(SomeRelease.Of(sequence: index + 1), Now, "me") { SignedBy = signers == "nobody" ? [] : signers.Split('+') })
            .ToList();
        return new HostRecord
        {
            Releases = [.. releases.AsEnumerable().Reverse()],
            Attempts = [.. attempts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => Attempt(text.Split(':', ','), releases))],
            Heartbeat = attempts.Contains("rebooted", StringComparison.Ordinal) ? new Heartbeat { At = Now, Interval = TimeSpan.FromMinutes(1), Agent = "1", Running = System } : null,
        };
    }

    private static StorePath System { get; } = SomeRelease.System("built");

    private static RecordedAttempt Attempt(string[] text, List<PublishedRelease> releases)
    {
        var release = releases[int.Parse(text[0], CultureInfo.InvariantCulture) - 1].Release;
        return new RecordedAttempt(release.Number, 1)
        {
            Received = Now,
            Result = new AttemptResult
            {
                Release = release.Id,
                Number = release.Number,
                Attempt = 1,
                At = Now,
                Duration = TimeSpan.Zero,
                Outcome = Enum.Parse<Outcome>(text[1]),
                Reason = "Because.",
                Built = System,
            },
        };
    }
}
