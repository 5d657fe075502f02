using Bento.Cli.Terminal;
using Bento.Configuration.Documents;
using Bento.Configuration.Editing;

namespace Bento.Cli.Trust;

/// <summary>What a person puts into agent.json.</summary>
internal sealed record TrustSettingsDocument(TrustSettings Trust)
{
    public static void Write(TextWriter writer, BentoFile file, IReadOnlyList<SigningKeyEntry> entries) =>
        JsonOutput.Write(
            writer, new TrustSettingsDocument(TrustSettings.Of(file, entries)), TrustJsonContext.Default.TrustSettingsDocument);
}
