using System.Text.Json;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Protocol;

public sealed class ReleaseFileTests
{
    private static readonly Release Good = ReleaseIdentity.WithId(SomeRelease.Of(sequence: 5));

    public static TheoryData<string> Flaws => [.. Flawed.Keys];

    private static Dictionary<string, Release> Flawed => new()
    {
        ["a time limit of a day"] = With(new HealthCheck.Unit("a.service", TimeSpan.FromDays(1))),
        ["a time limit of less than a second"] = With(new HealthCheck.Unit("a.service", TimeSpan.FromMilliseconds(10))),
        ["a command without a program"] = With(new HealthCheck.Command([], TimeSpan.FromSeconds(1))),
        ["a null in a command"] = With(new HealthCheck.Command(["a", null!], TimeSpan.FromSeconds(1))),
        ["an address without a host"] = With(new HealthCheck.Http(new Uri("/status", UriKind.Relative), TimeSpan.FromSeconds(1))),
        ["an address of another kind"] = With(new HealthCheck.Http(new Uri("ftp://a/b"), TimeSpan.FromSeconds(1))),
        ["a unit without a name"] = With(new HealthCheck.Unit(string.Empty, TimeSpan.FromSeconds(1))),
        ["no time to confirm"] = Good with { Policy = HostPolicy.Default with { ConfirmTimeout = TimeSpan.Zero } },
        ["a system that is not a store path"] = Good with { ExpectedSystem = default(StorePath) },
        ["an id of something else"] = Good with { Id = ReleaseId.Parse(new string('0', 32)) },
    };

    [Fact]
    public void A_release_that_every_agent_reads_passes() => ReleaseFile.CheckPayload(Good);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void FP12_a_release_that_no_agent_reads_is_found_before_it_is_signed(string flaw)
    {
        var release = Flawed[flaw];

        var exception = Assert.Throws<UnreadableReleaseException>(
            () => ReleaseFile.CheckPayload(flaw.StartsWith("an id", StringComparison.Ordinal) ? release : ReleaseIdentity.WithId(release)));

        Assert.Contains($"'{release.Host}'", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.NextStep);
    }

    [Fact]
    public void FP12_bytes_of_another_release_are_not_published_in_its_place()
    {
        var other = ReleaseIdentity.WithId(Good with { Number = new ReleaseNumber(0, 6) });
        var bytes = ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(other), []));

        ReleaseFile.Check(other, bytes);
        Assert.Throws<UnreadableReleaseException>(() => ReleaseFile.Check(Good, bytes));
    }

    [Fact]
    public void A_file_of_one_byte_more_than_is_read_is_not_an_envelope()
    {
        var signature = new string('x', ReleaseEnvelope.MaxBytes);
        var length = ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(Good), [string.Empty])).Length;
        var fits = signature[..(ReleaseEnvelope.MaxBytes - length)];

        Assert.Single(ReleaseFile.ReadEnvelope(ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(Good), [fits]))).Signatures);
        Assert.Throws<JsonException>(
            () => ReleaseFile.ReadEnvelope(ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(Good), [$"{fits}x"]))));
    }

    private static Release With(HealthCheck check) => Good with { Policy = HostPolicy.Default with { HealthChecks = [check] } };
}
