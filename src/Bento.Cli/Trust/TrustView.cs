using Bento.Cli.Terminal;
using Bento.Configuration.Documents;
using Bento.Configuration.Editing;
using Bento.Documents;

namespace Bento.Cli.Trust;

/// <summary>The keys that sign releases, and what hosts must trust: for people, as JSON, or as a Nix attribute set.</summary>
internal static class TrustView
{
    public static void Write(CliIo io, BentoFile file, IReadOnlyList<SigningKeyEntry> entries, bool isJson, bool isNix)
    {
        if (isNix)
        {
            WriteNix(io.Out, file, entries);
        }
        else if (isJson)
        {
            JsonOutput.Write(io.Out, TrustDocuments.Of(file, entries));
        }
        else
        {
            WriteTable(io, file, entries);
        }

        foreach (var entry in entries.Where(entry => entry.Problem is not null))
        {
            io.Error.WriteLine($"error: {entry.Problem}");
        }
    }

    private static void WriteTable(CliIo io, BentoFile file, IReadOnlyList<SigningKeyEntry> entries)
    {
        if (entries.Count == 0)
        {
            io.Out.WriteLine(
                "Releases are not signed: only agents with trust.allowUnsigned take them. To create a key: bento trust rotate");
            return;
        }

        TextTable.Write(io, ["FINGERPRINT", "TYPE", "COMMENT", "FILE"],
        [
            .. entries.Select(entry => (IReadOnlyList<TextCell>)[
                entry.Key?.Fingerprint.ToString() ?? "cannot be read", entry.Key?.Type ?? "-", entry.Key?.Comment ?? "-", entry.File,
            ]),
        ]);
        io.Out.WriteLine($"{file.Signing.Threshold ?? entries.Count} of {entries.Count} keys must sign a release. Epoch {file.Epoch}.");
        io.Out.WriteLine();
        io.Out.WriteLine("Every host needs this in its agent.json:");
        JsonOutput.Write(io.Out, new TrustSettingsDocument { Trust = TrustDocuments.TrustOf(file, entries) });
    }

    private static void WriteNix(TextWriter writer, BentoFile file, IReadOnlyList<SigningKeyEntry> entries)
    {
        writer.WriteLine("{");
        writer.WriteLine("  keys = [");
        var trust = TrustDocuments.TrustOf(file, entries);
        foreach (var key in trust.Keys)
        {
            var quoted = key.ToString()
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("$", "\\$", StringComparison.Ordinal);
            writer.WriteLine($"    \"{quoted}\"");
        }

        writer.WriteLine("  ];");
        writer.WriteLine($"  threshold = {trust.Threshold};");
        writer.WriteLine($"  epoch = {trust.Epoch};");
        writer.WriteLine("}");
    }
}
