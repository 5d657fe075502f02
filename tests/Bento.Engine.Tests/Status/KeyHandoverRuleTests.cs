using System.Text;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class KeyHandoverRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("old", 1, false)]
    [InlineData("old new", 1, true)]
    [InlineData("new", 1, true)]
    [InlineData("old new", 2, false)]
    [InlineData("", 1, false)]
    [InlineData("", 0, true)]
    public void A_host_is_ready_when_it_says_that_it_trusts_the_remaining_key(string trusted, int asksFor, bool isReady) =>
        Assert.Equal(isReady, KeyHandoverRule.IsReady(Trust(trusted, asksFor), [Key("new")], 1));

    [Theory]
    [InlineData("a b c", 2, 1, true)]
    [InlineData("a c", 2, 1, false)]
    [InlineData("a c", 1, 1, true)]
    [InlineData("a c", 1, 2, false)]
    [InlineData("a b", 1, 2, true)]
    [InlineData("a b", 3, 1, false)]
    public void As_many_of_the_remaining_keys_must_be_trusted_as_the_host_asks_for_and_the_publisher(
        string trusted, int asksFor, int threshold, bool isReady) =>
        Assert.Equal(isReady, KeyHandoverRule.IsReady(Trust(trusted, asksFor), [Key("a"), Key("b")], threshold));

    [Fact]
    public void T10_a_host_whose_agent_does_not_say_what_it_trusts_is_not_known_to_be_ready() =>
        Assert.False(KeyHandoverRule.IsReady(null, [Key("new")], 1));

    [Fact]
    public void Who_signed_is_kept_on_the_disk()
    {
        var record = new HostRecord
        {
            Releases = [new PublishedRelease
        {
            Release = SomeRelease.Of(),
            At = Now,
            By = "me",
            SignedBy = [Key("old"), Key("new")],
        }]
        };

        Assert.Equal([Key("old"), Key("new")], HostRecordJson.Read(HostRecordJson.Write(record)).Releases[0].SignedBy);
    }

    private static HostTrust Trust(string keys, int threshold) =>
        new([.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key)], threshold);

    private static KeyFingerprint Key(string name) => KeyFingerprint.Of(Encoding.UTF8.GetBytes(name));
}
