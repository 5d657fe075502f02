using System.Text;
using System.Text.Json;
using Bento.Engine.Tests.Publishing;
using Bento.Engine.Tests.Status;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class ReportJsonTests
{
    private static readonly AttemptResult Result = RecordUpdateTests.Result(
        3, 2, AttemptOutcome.Degraded) with
    { FailedUnits = ["a.service"], WillRetry = true };

    [Fact]
    public void Reports_are_read_back_as_they_were_written()
    {
        var start = RecordUpdateTests.Start(3, 2) with { Running = SomeRelease.System("x") };
        var beat = new Heartbeat
        {
            At = Result.At,
            Interval = TimeSpan.FromMinutes(15),
            Agent = "1.0",
            Running = SomeRelease.System("x"),
            Release = Result.Release,
            Refusal = Refusal.Jump,
            Detail = "So.",
            Trusts = new HostTrust([KeyFingerprint.Of("key"u8)], 1),
        };

        Assert.Equal(start, ReportJson.ReadStart(ReportJson.Write(start)));
        Assert.Equal(beat, ReportJson.ReadHeartbeat(ReportJson.Write(beat)));
        Assert.Equal(Result, ReportJson.ReadResult(ReportJson.Write(Result)) with { FailedUnits = Result.FailedUnits });
        Assert.Equal(["a.service"], ReportJson.ReadResult(ReportJson.Write(Result)).FailedUnits);
    }

    [Fact]
    public void H9_text_of_a_host_is_one_line_that_a_terminal_can_bear() => Gen.String[0, 200].Sample(text =>
    {
        var read = ReportJson.ReadResult(ReportJson.Write(Result with { Reason = $"a{text}\u001b[2J\n\u009b31m\u202eb" }));

        Assert.DoesNotContain(read.Reason, c => char.IsControl(c) || c is '\u202e' or '\u2066');
    });

    [Fact]
    public void H9_text_of_a_host_has_an_end() =>
        Assert.Equal(2000, ReportJson.ReadResult(ReportJson.Write(Result with { Reason = new string('x', 60_000) })).Reason.Length);

    [Fact]
    public void H10_what_is_mutated_is_read_or_refused_and_never_something_else() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Byte, Gen.Int[0, 1000]).Sample((at, value, length) =>
        {
            var bytes = ReportJson.Write(Result);
            bytes[at % bytes.Length] = value;
            try
            {
                _ = ReportJson.ReadResult(bytes.AsSpan(0, Math.Min(length, bytes.Length)));
            }
            catch (JsonException)
            {
                // Refused.
            }
        });

    [Theory]
    [InlineData("\"sequence\":3", "\"sequence\":-3")]
    [InlineData("\"sequence\":3", "\"sequence\":1e99")]
    [InlineData("\"attempt\":2", "\"attempt\":0")]
    [InlineData("\"durationSeconds\":1", "\"durationSeconds\":-1")]
    [InlineData("\"durationSeconds\":1", "\"durationSeconds\":1e300")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":99")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":\"Great\"")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":5")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":\"5\"")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":\"degraded\"")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":\" Degraded\"")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":\"Succeeded, BuildFailed\"")]
    [InlineData("\"outcome\":\"Degraded\"", "\"outcome\":null")]
    [InlineData("\"reason\":", "\"reason\":null,\"x\":")]
    [InlineData("\"schema\":1", "\"schema\":2")]
    [InlineData("\"schema\":1", "\"schema\":1,\"schema\":1")]
    [InlineData("\"running\":\"/nix/store/", "\"running\":\"nix/store/")]
    public void H10_a_value_out_of_its_grammar_is_refused(string from, string to)
    {
        var text = Encoding.UTF8.GetString(ReportJson.Write(Result));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.ThrowsAny<JsonException>(
            () => ReportJson.ReadResult(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("SHA256:", "SHA512:")]
    [InlineData("SHA256:L", "SHA256:LL")]
    [InlineData("SHA256:L", "SHA256:-")]
    [InlineData("SHA256:L", "SHA256:\\u001b")]
    [InlineData("\"SHA256:", "null,\"SHA256:")]
    [InlineData("\"threshold\":1", "\"threshold\":-1")]
    [InlineData("\"threshold\":1", "\"threshold\":65")]
    [InlineData("\"trusts\":{\"keys\":", "\"trusts\":{\"keys\":null,\"x\":")]
    public void H10_what_a_host_trusts_is_held_to_its_grammar(string from, string to)
    {
        var beat = new Heartbeat
        {
            At = Result.At,
            Interval = TimeSpan.FromMinutes(15),
            Agent = "1.0",
            Trusts = new HostTrust([KeyFingerprint.Of("key"u8)], 1),
        };
        var text = Encoding.UTF8.GetString(ReportJson.Write(beat));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.ThrowsAny<JsonException>(
            () => ReportJson.ReadHeartbeat(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    [Fact]
    public void H10_a_host_names_no_more_keys_than_a_heartbeat_may_hold()
    {
        var beat = new Heartbeat
        {
            At = Result.At,
            Interval = TimeSpan.FromMinutes(15),
            Agent = "1.0",
            Trusts = new HostTrust([.. Enumerable.Repeat(KeyFingerprint.Of("key"u8), HostTrust.MaxKeys + 1)], 1),
        };

        Assert.Throws<JsonException>(() => ReportJson.ReadHeartbeat(ReportJson.Write(beat)));
    }

    [Theory]
    [InlineData("12-3-start.json", 12, 3, ReportKind.Start)]
    [InlineData("12-3-result.json", 12, 3, ReportKind.Result)]
    [InlineData("9223372036854775807-999999999-log.gz", long.MaxValue, 999_999_999, ReportKind.Log)]
    internal void H8_a_name_of_the_grammar_is_read_and_written(string text, long sequence, int attempt, ReportKind kind)
    {
        Assert.Equal(new ReportName(sequence, attempt, kind), ReportName.TryParse(text));
        Assert.Equal(text, new ReportName(sequence, attempt, kind).ToString());
    }
}
