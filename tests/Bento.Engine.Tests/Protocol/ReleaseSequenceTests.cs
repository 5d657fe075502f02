using Bento.Protocol;

namespace Bento.Engine.Tests.Protocol;

public sealed class ReleaseSequenceTests
{
    // Epoch of the publisher; recorded; in the area; next.
    [Theory]
    [InlineData(0, null, null, "1")]
    [InlineData(2, null, null, "2.1")]
    [InlineData(0, "4", "4", "5")]
    [InlineData(0, "4", "7", "8")]
    [InlineData(0, "7", "4", "8")]
    [InlineData(0, null, "4", "5")]
    [InlineData(1, "9223372036854775807", "9223372036854775807", "1.1")]
    [InlineData(1, "9", "1.3", "1.4")]
    [InlineData(0, "4", "1000004", "1000005")]
    [InlineData(0, "4", "1000005", null)]
    [InlineData(0, null, "1000001", null)]
    [InlineData(0, "9223372036854775807", null, null)]
    [InlineData(0, "4", "9223372036854775807", null)]
    [InlineData(0, "4", "1.1", null)]
    [InlineData(1, "4", "1.1000001", null)]
    public void T4_the_next_number_follows_the_highest_and_there_is_none_beyond_a_jump(
        long epoch, string? recorded, string? current, string? next) =>
        Assert.Equal(next, ReleaseSequence.Next(epoch, Number(recorded), Number(current))?.ToString());

    private static ReleaseNumber? Number(string? text) => text?.Split('.') switch
    {
        null => null,
        [var sequence] => new ReleaseNumber(0, long.Parse(sequence)),
        [var epoch, var sequence, ..] => new ReleaseNumber(long.Parse(epoch), long.Parse(sequence)),
        _ => throw new ArgumentException(text),
    };
}
