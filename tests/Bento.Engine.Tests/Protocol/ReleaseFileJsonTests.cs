using System.Text;
using System.Text.Json;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class ReleaseFileJsonTests
{
    [Fact]
    public void An_envelope_is_written_in_these_bytes_and_no_others() => Assert.Equal(
        """{"payload":"eyJ4IjoxfQ==","signatures":["one","two"]}""",
        Encoding.UTF8.GetString(ReleaseFileJson.Write(new ReleaseEnvelope("""{"x":1}"""u8.ToArray(), ["one", "two"]))));

    [Fact]
    public void The_payload_comes_back_byte_for_byte() => Gen.Byte.Array[0, 500].Sample(payload =>
        Assert.Equal(payload, ReleaseFileJson.Read(ReleaseFileJson.Write(new ReleaseEnvelope(payload, []))).Payload.ToArray()));

    [Fact]
    public void FP1_an_envelope_cut_at_any_byte_is_none()
    {
        var bytes = ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(SomeRelease.Of()), ["signature"]));

        Assert.All(Enumerable.Range(
            0, bytes.Length), length => Assert.ThrowsAny<JsonException>(() => ReleaseFileJson.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void An_envelope_of_a_release_has_room_in_its_limit() => SomeRelease.Any.Sample(release =>
        Assert.InRange(ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(release), [])).Length, 1, ReleaseEnvelope.MaxBytes / 4));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"payload":"e30="}""")]
    [InlineData("""{"signatures":[]}""")]
    [InlineData("""{"payload":null,"signatures":[]}""")]
    [InlineData("""{"payload":"e30=","signatures":null}""")]
    [InlineData("""{"payload":"e30=","signatures":[null]}""")]
    [InlineData("""{"payload":"e30=","signatures":[1]}""")]
    [InlineData("""{"payload":"e30=","payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payload":"no base 64!","signatures":[]}""")]
    [InlineData("""{"payload":{},"signatures":[]}""")]
    [InlineData("""{"payload":"e30=","signatures":[]} x""")]
    [InlineData("""{"payload":"e30=","signatures":["","","","","","","","","","","","","","","","",""]}""")]
    public void What_is_no_envelope_is_refused(string text) =>
        Assert.ThrowsAny<JsonException>(() => ReleaseFileJson.Read(Encoding.UTF8.GetBytes(text)));
}
