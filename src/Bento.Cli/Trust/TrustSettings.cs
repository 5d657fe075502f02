using Bento.Configuration.Documents;
using Bento.Configuration.Editing;

namespace Bento.Cli.Trust;

/// <summary>The section <c>trust</c> of agent.json that hosts need, in JSON.</summary>
internal sealed record TrustSettings(IReadOnlyList<string> Keys, int Threshold, long Epoch)
{
    public static TrustSettings Of(BentoFile file, IReadOnlyList<SigningKeyEntry> entries) =>
        new(KeysOf(entries), ThresholdOf(file), file.Epoch);

    /// <summary>While a key is replaced, releases bear more signatures than hosts need.</summary>
    public static int ThresholdOf(BentoFile file) => file.Signing.Threshold ?? 1;

    public static IReadOnlyList<string> KeysOf(IReadOnlyList<SigningKeyEntry> entries) =>
        [.. entries.Select(entry => entry.Key?.ToString()).OfType<string>()];
}
