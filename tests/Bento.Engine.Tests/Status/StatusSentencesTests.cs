using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>How spans of time, outcomes and refusals are told.</summary>
public sealed class StatusSentencesTests
{
    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(119, "119 seconds")]
    [InlineData(120, "2 minutes")]
    [InlineData(7199, "120 minutes")]
    [InlineData(7200, "2 hours")]
    [InlineData(172_800, "2 days")]
    public void Spans_are_told_in_round_numbers(int seconds, string words) =>
        Assert.Equal(words, StatusSentences.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Every_outcome_and_refusal_has_words_of_its_own()
    {
        Assert.Distinct(Enum.GetValues<AttemptOutcome>().Select(StatusSentences.Of));
        Assert.Distinct(Enum.GetValues<Refusal>().Select(StatusSentences.Of));
    }
}
