using Bento.Cli.Terminal;
using Bento.Configuration.Documents;
using Bento.Configuration.Editing;

namespace Bento.Cli.Trust;

/// <summary>The keys that sign releases, and what hosts must trust, as JSON (docs/guide/json.md).</summary>
internal sealed record TrustDocument(
    int Schema, IReadOnlyList<TrustDocument.SigningKey> Keys, int MustSign, long Epoch, TrustSettings Trust)
{
    public static void Write(TextWriter writer, BentoFile file, IReadOnlyList<SigningKeyEntry> entries) => JsonOutput.Write(
        writer,
        new TrustDocument(1, [.. entries.Select(Of)], file.Signing.Threshold ?? entries.Count, file.Epoch, TrustSettings.Of(file, entries)),
        TrustJsonContext.Default.TrustDocument);

    private static SigningKey Of(SigningKeyEntry entry) => new(
        entry.Path, entry.Key?.Fingerprint.ToString(), entry.Key?.Type, entry.Key?.Comment, entry.Key?.ToString(), entry.Problem);

    internal sealed record SigningKey(string File, string? Fingerprint, string? Type, string? Comment, string? PublicKey, string? Problem);
}
