using Bento.Protocol;

namespace Bento.Trust;

/// <summary>What the trust of a host may be; every problem at once. Part of the rules of an agent.</summary>
internal static class TrustRules
{
    public static IEnumerable<string> Problems(TrustOptions options) =>
        [.. KeyProblems(options), .. RuleProblems(options), .. EpochProblems(options)];

    private static IEnumerable<string> KeyProblems(TrustOptions options)
    {
        for (var i = 0; i < options.TrustedKeys.Count; i++)
        {
            if (WhyNot(options.TrustedKeys[i]) is { } problem)
            {
                yield return $"trust.keys[{i}]: {problem}";
            }
        }
    }

    private static IEnumerable<string> RuleProblems(TrustOptions options)
    {
        var distinct = options.TrustedKeys.Select(line => SshPublicKey.TryParse(line, null, out var key) ? key : null)
            .OfType<SshPublicKey>()
            .Distinct()
            .Count();
        if (options.AllowUnsigned && options.TrustedKeys.Count > 0)
        {
            yield return "trust.allowUnsigned: it is true, and there are trusted keys: with unsigned releases allowed they protect "
                + "nothing. Keep one of the two.";
        }
        else if (!options.AllowUnsigned && options.TrustedKeys.Count == 0)
        {
            yield return "trust.keys: no key is trusted, so every release would be refused. Add the public key that 'bento init' printed "
                + "(.bento/signing-key.pub).";
        }

        if (options.Threshold < 1 || (options.TrustedKeys.Count > 0 && options.Threshold > distinct))
        {
            yield return $"trust.threshold: {options.Threshold} keys must sign, of {distinct} different trusted keys.";
        }
    }

    private static IEnumerable<string> EpochProblems(TrustOptions options) =>
        options.Epoch < 0 ? [$"trust.epoch: {options.Epoch} is below zero."] : [];

    private static string? WhyNot(string? line)
    {
        try
        {
            _ = VerificationKey.Read(SshPublicKey.Parse(line ?? string.Empty));
            return null;
        }
        catch (FormatException exception)
        {
            return $"'{line}': {exception.Message}";
        }
    }
}
