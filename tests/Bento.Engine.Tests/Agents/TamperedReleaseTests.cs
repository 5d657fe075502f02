using System.Text;
using System.Text.Json;
using Bento.Agents.Journal;
using Bento.Agents.Polling;
using Bento.Engine.Tests.Trust;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.Agents;

/// <summary>T1: whoever can write the area, or sits on the line, and has no key.</summary>
public sealed class TamperedReleaseTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly SshKey _key = SshKey.Make();
    private readonly byte[] _payload = PayloadJson.Write(ReleaseIdentity.WithId(new Release
    {
        Fleet = FleetName.Parse("test"),
        Host = HostName.Parse("web"),
        Number = new ReleaseNumber(0, 1),
        Id = default,
        Issued = Now,
        Expires = Now.AddDays(30),
        Kind = ConfigurationKind.Flake,
        Attribute = "web",
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 1000,
            FileCount = 3,
            TreeHash = TreeHash.FromBytes(new byte[32]),
        },
        Policy = new HostPolicy(),
        MinimumAgent = 1,
    }));

    public void Dispose() => _key.Dispose();

    [Fact]
    public void T1_the_release_itself_is_accepted() => Assert.NotNull(Verify(File()).Release);

    [Fact]
    public void T1_no_bit_of_release_json_can_be_turned()
    {
        var good = File();
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = good.ToArray();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));

            var verification = Verify(bad);
            Assert.True(
                verification is { Release: null, Refusal: Refusal.Untrusted or Refusal.Malformed },
                $"bit {bit % 8} of byte {bit / 8}: {(char)good[bit / 8]}");
        }
    }

    [Fact]
    public void T1_no_byte_of_the_payload_can_be_changed()
    {
        var signature = _key.Sign(_payload);
        for (var at = 0; at < _payload.Length; at++)
        {
            var bad = _payload.ToArray();
            bad[at] ^= 0xFF;

            var verification = Verify(ReleaseFileJson.Write(new ReleaseEnvelope(bad, [signature])));
            Assert.Equal((null, Refusal.Untrusted), (verification.Release, verification.Refusal));
        }
    }

    [Fact]
    public void T1_a_file_cut_at_any_byte_is_refused()
    {
        var good = File();

        Assert.All(Enumerable.Range(0, good.Length), length => Assert.Equal(Refusal.Malformed, Verify(good.AsSpan(0, length)).Refusal));
    }

    [Fact]
    public void T1_a_trusted_key_under_another_namespace_signed_nothing() =>
        Assert.Equal(Refusal.Untrusted, Verify(ReleaseFileJson.Write(new ReleaseEnvelope(_payload, [_key.Sign(_payload, "git")]))).Refusal);

    [Fact]
    public void D4_signatures_are_checked_before_anything_in_the_payload_is_read()
    {
        var nonsense = Encoding.UTF8.GetBytes("no release at all");

        Assert.Equal(Refusal.Untrusted, Verify(ReleaseFileJson.Write(new ReleaseEnvelope(nonsense, []))).Refusal);
        Assert.Equal(Refusal.Malformed, Verify(ReleaseFileJson.Write(new ReleaseEnvelope(nonsense, [_key.Sign(nonsense)]))).Refusal);
    }

    [Theory]
    [InlineData("""{"payload":"AAAA","signatures":[null]}""")]
    [InlineData("""{"payload":null,"signatures":[]}""")]
    [InlineData("""{"payload":"AAAA","signatures":null}""")]
    [InlineData("""{"payload":"AAAA"}""")]
    [InlineData("""{"payload":"AAAA","payload":"AAAA","signatures":[]}""")]
    [InlineData("""{"payload":"AA==AA","signatures":[]}""")]
    [InlineData("""{"payload":"AB==","signatures":[]}""")]
    [InlineData("""{"payload":" AAAA","signatures":[]}""")]
    [InlineData("""{"payload":"AAAA","signatures":[]}x""")]
    [InlineData("""{"payload":"AAAA","signatures":["","","","","","","","","","","","","","","","",""]}""")]
    public void An_envelope_that_is_none_is_malformed(string text) =>
        Assert.Throws<JsonException>(() => ReleaseFileJson.Read(Encoding.UTF8.GetBytes(text)));

    private byte[] File() => ReleaseFileJson.Write(new ReleaseEnvelope(_payload, [_key.Sign(_payload)]));

    private Verification Verify(ReadOnlySpan<byte> file)
    {
        var trust = new TrustOptions();
        trust.TrustedKeys.Add(_key.Public.ToString());
        return new ReleaseVerifier(FleetName.Parse("test"), HostName.Parse("web"), new TrustPolicy(trust), 0).Verify(
            file, AgentJournal.Empty, Now);
    }
}
