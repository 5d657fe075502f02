using Bento.Protocol;
using Bento.Validation;

namespace Bento.Trust;

/// <summary>What the trust of a host may be. Part of the rules of an agent.</summary>
internal static class TrustRules
{
    public static IEnumerable<OptionsProblem> Check(TrustOptions options) =>
    [
        .. options.TrustedKeys.SelectMany((line, index) => KeyProblems($"{nameof(options.TrustedKeys)}[{index}]", line)),
        .. UnsignedProblems(options),
        .. ThresholdProblems(options),
        .. Bounds.AtLeast(nameof(options.Epoch), options.Epoch, 0),
    ];

    private static IEnumerable<OptionsProblem> UnsignedProblems(TrustOptions options)
    {
        if (options.AllowUnsigned && options.TrustedKeys.Count > 0)
        {
            yield return new(
                nameof(options.AllowUnsigned),
                "Is true, and there are trusted keys: with unsigned releases allowed they protect nothing. Keep one of the two.");
        }
        else if (!options.AllowUnsigned && options.TrustedKeys.Count == 0)
        {
            yield return new(
                nameof(options.TrustedKeys),
                "No key is trusted, so every release would be refused. Add the public key of the publisher, which lies beside its private "
                    + "key (.pub).");
        }
    }

    private static IEnumerable<OptionsProblem> ThresholdProblems(TrustOptions options)
    {
        var distinct = options.TrustedKeys.Select(line => SshPublicKey.TryParse(line, null, out var key) ? key : null)
            .OfType<SshPublicKey>()
            .Distinct()
            .Count();
        if (options.Threshold < 1 || (options.TrustedKeys.Count > 0 && options.Threshold > distinct))
        {
            yield return new(
                nameof(options.Threshold),
                $"{options.Threshold} {(options.Threshold == 1 ? "key" : "keys")} must sign, of {distinct} different trusted "
                    + $"{(distinct == 1 ? "key" : "keys")}.");
        }
    }

    private static IEnumerable<OptionsProblem> KeyProblems(string property, string? line)
    {
        string message;
        try
        {
            _ = VerificationKey.Read(SshPublicKey.Parse(line ?? string.Empty));
            yield break;
        }
        catch (FormatException exception)
        {
            message = exception.Message;
        }

        yield return new(property, $"'{line}': {message}");
    }
}
