using Bento.Configuration.Documents;
using Bento.Configuration.Editing;
using Bento.Documents;

namespace Bento.Cli.Trust;

/// <summary>The documents of keys and trust, from what bento.json and the files that it names say.</summary>
internal static class TrustDocuments
{
    public static TrustDocument Of(BentoFile file, IReadOnlyList<SigningKeyEntry> entries) => new()
    {
        Keys = [.. entries.Select(entry => new SigningKeyDocument
        {
            File = entry.Path,
            Fingerprint = entry.Key?.Fingerprint,
            Type = entry.Key?.Type,
            Comment = entry.Key?.Comment,
            PublicKey = entry.Key,
            Problem = entry.Problem,
        })],
        MustSign = file.Signing.Threshold ?? entries.Count,
        Epoch = file.Epoch,
        Trust = TrustOf(file, entries),
    };

    /// <summary>The section <c>trust</c> of agent.json. While a key is replaced, releases bear more signatures than hosts need.</summary>
    public static HostTrustDocument TrustOf(BentoFile file, IReadOnlyList<SigningKeyEntry> entries) => new()
    {
        Keys = [.. entries.Where(entry => entry.Key is not null).Select(entry => entry.Key!)],
        Threshold = file.Signing.Threshold ?? 1,
        Epoch = file.Epoch,
    };
}
