using System.Text;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

public sealed class TrustPolicyTests : IDisposable
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"schema":1}""");

    private readonly SshKey _a = SshKey.Make();
    private readonly SshKey _b = SshKey.Make();
    private readonly SshKey _c = SshKey.Make("ecdsa", 256);

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _c.Dispose();
    }

    [Fact]
    public void A_release_that_a_trusted_key_signed_is_trusted() => Assert.Null(Policy(1, _a).FindObjection(Signed(_a.Sign(Payload))));

    [Fact]
    public void A_release_without_signatures_is_not_trusted() =>
        Assert.Equal("The release is not signed; a trusted key must sign it.", Policy(1, _a).FindObjection(Signed())?.Reason);

    [Fact]
    public void A_release_of_a_stranger_is_not_trusted_and_the_stranger_is_named() =>
        Assert.Equal(
            $"The release is not signed by a trusted key. It is signed by {_b.Public.Fingerprint}, which is not trusted here.",
            Policy(1, _a).FindObjection(Signed(_b.Sign(Payload)))?.Reason);

    [Fact]
    public void A_trusted_key_that_signed_for_git_signed_no_release() =>
        Assert.Equal(
            $"The release is not signed by a trusted key. The signature of {_a.Public.Fingerprint} is for 'git', not for 'bento-release'.",
            Policy(1, _a).FindObjection(Signed(_a.Sign(Payload, "git")))?.Reason);

    [Fact]
    public void A_signature_of_other_bytes_does_not_fit() =>
        Assert.Equal(
            $"The release is not signed by a trusted key. The signature of {_a.Public.Fingerprint} does not fit the release.",
            Policy(1, _a).FindObjection(Signed(_a.Sign([.. Payload, 0])))?.Reason);

    [Fact]
    public void A_stranger_who_names_a_trusted_key_gains_nothing()
    {
        var strangers = SignatureForge.Blob(_b.Sign(Payload));
        var mine = _a.Public.ToBytes();
        var head = SignatureForge.Blob(mine, []).AsSpan(0, 10 + 4 + mine.Length);
        var forged = SignatureForge.Armor([.. head, .. strangers.AsSpan(head.Length)]);

        Assert.Contains("does not fit", Policy(1, _a).FindObjection(Signed(forged))?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void T10_keys_are_counted_and_not_signatures()
    {
        var policy = Policy(2, _a, _b, _c);

        var twice = policy.FindObjection(Signed(_a.Sign(Payload), _a.Sign(Payload, hash: "sha256")))?.Reason;

        Assert.Equal(
            $"The release is signed by 1 of 2 trusted keys that must sign it ({_a.Public.Fingerprint}). {_a.Public.Fingerprint} signed "
                + "more than once, which counts once.",
            twice);
        Assert.Null(policy.FindObjection(Signed(_a.Sign(Payload), _b.Sign(Payload))));
        Assert.Null(policy.FindObjection(Signed(_c.Sign(Payload), _a.Sign(Payload))));
    }

    [Fact]
    public void T10_a_key_that_was_removed_counts_no_more()
    {
        var envelope = Signed(_a.Sign(Payload), _b.Sign(Payload));

        Assert.Null(Policy(2, _a, _b, _c).FindObjection(envelope));
        Assert.Contains(
            _a.Public.Fingerprint + ", which is not trusted", Policy(2, _b, _c).FindObjection(envelope)?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_named_twice_is_one_key()
    {
        var policy = Policy(1, _a, _a);

        Assert.Null(policy.FindObjection(Signed(_a.Sign(Payload))));
        Assert.Contains(
            TrustRules.Check(Options(2, _a, _a)), problem => problem.Property == nameof(TrustOptions.Threshold));
    }

    [Fact]
    public void A_signature_that_is_none_takes_nothing_from_a_good_one()
    {
        var policy = Policy(1, _a);

        Assert.Null(policy.FindObjection(Signed("garbage", _b.Sign(Payload), _a.Sign(Payload))));
        Assert.Contains("cannot be read", policy.FindObjection(Signed("garbage"))?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_trusts_no_key_takes_nothing() =>
        Assert.Equal("This host trusts no key, so it takes no release.", Policy(1).FindObjection(Signed(_a.Sign(Payload)))?.Reason);

    [Fact]
    public void Signatures_are_not_looked_at_only_where_that_was_asked_for()
    {
        Assert.Null(new TrustPolicy(new TrustOptions { AllowUnsigned = true }).FindObjection(Signed()));
    }

    [Fact]
    public void Every_problem_of_the_options_is_found_at_once()
    {
        var options = new TrustOptions { Threshold = 3 };
        options.TrustedKeys.Add("ssh-ed25519 AAAA");
        options.TrustedKeys.Add(_a.Public.ToString());
        options.TrustedKeys.Add("nonsense");

        Assert.Equal(
            ["TrustedKeys[0]", "TrustedKeys[2]", "Threshold"],
            TrustRules.Check(options).Select(problem => problem.Property));
    }

    [Fact]
    public void Options_that_protect_nothing_are_refused()
    {
        var both = Options(1, _a);
        both.AllowUnsigned = true;

        Assert.Equal("AllowUnsigned", Assert.Single(TrustRules.Check(both)).Property);
        Assert.StartsWith(
            "No key is trusted", Assert.Single(TrustRules.Check(new TrustOptions())).Message, StringComparison.Ordinal);
        Assert.Equal("Threshold", Assert.Single(TrustRules.Check(Options(0, _a))).Property);
        Assert.Empty(TrustRules.Check(new TrustOptions { AllowUnsigned = true }));
        Assert.Empty(TrustRules.Check(Options(1, _a)));
    }

    [Fact]
    public void One_signer_of_two_is_named_and_not_said_to_have_signed_twice() =>
        Assert.Equal(
            $"The release is signed by 1 of 2 trusted keys that must sign it ({_a.Public.Fingerprint}).",
            Policy(2, _a, _b).FindObjection(Signed(_a.Sign(Payload)))?.Reason);

    [Fact]
    public void Keys_that_are_at_hand_are_trusted_like_those_of_a_file()
    {
        var policy = new TrustPolicy([_a.Public, _b.Public], 2);

        Assert.Null(policy.FindObjection(Signed(_a.Sign(Payload), _b.Sign(Payload))));
        Assert.NotNull(policy.FindObjection(Signed(_a.Sign(Payload), _c.Sign(Payload))));
    }

    [Theory]
    [InlineData(64, "")]
    [InlineData(65, "…")]
    public void A_purpose_of_any_length_is_told_in_64_characters(int length, string end) =>
        Assert.Contains(
            $"is for '{new string('x', 64)}{end}',",
            Policy(1, _a).FindObjection(Signed(_a.Sign(Payload, new string('x', length))))?.Reason,
            StringComparison.Ordinal);

    private static ReleaseEnvelope Signed(params string[] signatures) => new(Payload, signatures);

    private static TrustPolicy Policy(int threshold, params SshKey[] keys) => new(Options(threshold, keys));

    private static TrustOptions Options(int threshold, params SshKey[] keys)
    {
        var options = new TrustOptions { Threshold = threshold };
        foreach (var key in keys)
        {
            options.TrustedKeys.Add(key.Public.ToString());
        }

        return options;
    }
}
