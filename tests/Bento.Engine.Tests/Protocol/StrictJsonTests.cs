using System.Text;
using System.Text.Json;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Protocol;

public sealed class StrictJsonTests
{
    private static readonly string Payload = Encoding.UTF8.GetString(PayloadJson.Write(SomeRelease.Of()));

    [Theory]
    [InlineData("[]", "$ ")]
    [InlineData("null", "It is null.")]
    [InlineData("{}", "$ lacks 'payload'")]
    [InlineData("""{"payload":"","signatures":null}""", "$.signatures ")]
    [InlineData("""{"payload":1,"signatures":[]}""", "$.payload ")]
    [InlineData("""{"payload":"","signatures":[1]}""", "$.signatures[0] ")]
    [InlineData("""{"payload":"","payload":"","signatures":[]}""", "twice")]
    [InlineData("""{"payload":"","signatures":[],"x":1,"x":2}""", "'x'")]
    [InlineData("""{"payload":"","signatures":[],"x":{"y":1,"y":2}}""", "'y'")]
    [InlineData("{", "line")]
    [InlineData("", "line")]
    public void What_is_wrong_with_an_envelope_is_said_without_names_of_types(string text, string words) =>
        AssertSays(words, () => ReleaseFileJson.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_envelope_is_UTF_8_to_its_last_member() =>
        AssertSays("It is not UTF-8.", () => ReleaseFileJson.Read([.. """{"payload":"","signatures":[],"x":" """u8, 0xff, .. "\"}"u8]));

    [Theory]
    [InlineData("\"policy\":{", "\"policy\":null,\"x\":{", "$.policy ")]
    [InlineData("\"sequence\":1", "\"sequence\":\"1\"", "$.sequence ")]
    [InlineData("\"sequence\":1", "\"sequence\":1e99", "$.sequence ")]
    [InlineData("\"host\":", "\"x\":", "$ lacks 'host'")]
    public void What_is_wrong_with_a_payload_is_said_without_names_of_types(string from, string to, string words)
    {
        Assert.Contains(from, Payload, StringComparison.Ordinal);

        AssertSays(words, () => PayloadJson.Read(Encoding.UTF8.GetBytes(Payload.Replace(from, to, StringComparison.Ordinal))));
    }

    [Fact]
    public void What_is_wrong_with_a_report_is_said_without_names_of_types() =>
        AssertSays("$.intervalSeconds ", () =>
            ReportJson.ReadHeartbeat("""{"schema":1,"at":"2026-06-01T12:00:00Z","intervalSeconds":"x","agent":"1"}"""u8));

    private static void AssertSays(string words, Func<object> read)
    {
        var message = Assert.ThrowsAny<JsonException>(read).Message;

        Assert.Contains(words, message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Bento.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("type '", message, StringComparison.Ordinal);
    }
}
