using System.Text;
using System.Text.Json;
using Bento.Cli.Configuration;
using Bento.Cli.Terminal;

namespace Bento.Cli.Trust;

/// <summary>The keys that sign releases, and what hosts must trust: for people, as JSON (docs/guide/json.md), or as an attribute set of Nix.</summary>
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
            WriteJson(io.Out, json => WriteAll(json, file, entries));
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
            io.Out.WriteLine("Releases are not signed: only agents with trust.allowUnsigned take them. To create a key: bento trust rotate");
            return;
        }

        TextTable.Write(io, ["FINGERPRINT", "TYPE", "COMMENT", "FILE"],
        [
            .. entries.Select(entry => (IReadOnlyList<TextCell>)[entry.Key?.Fingerprint ?? "cannot be read", entry.Key?.Type ?? "-", entry.Key?.Comment ?? "-", entry.File]),
        ]);
        io.Out.WriteLine($"{file.Signing.Threshold ?? entries.Count} of {entries.Count} keys must sign a release. Epoch {file.Epoch}.");
        io.Out.WriteLine();
        io.Out.WriteLine("Every host needs this in its agent.json:");
        WriteJson(io.Out, json =>
        {
            json.WriteStartObject();
            WriteTrust(json, file, entries);
            json.WriteEndObject();
        });
    }

    private static void WriteAll(Utf8JsonWriter json, BentoFile file, IReadOnlyList<SigningKeyEntry> entries)
    {
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("file", entry.Path);
            json.WriteString("fingerprint", entry.Key?.Fingerprint);
            json.WriteString("type", entry.Key?.Type);
            json.WriteString("comment", entry.Key?.Comment);
            json.WriteString("publicKey", entry.Key?.ToString());
            json.WriteString("problem", entry.Problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("mustSign", file.Signing.Threshold ?? entries.Count);
        json.WriteNumber("epoch", file.Epoch);
        WriteTrust(json, file, entries);
        json.WriteEndObject();
    }

    private static void WriteTrust(Utf8JsonWriter json, BentoFile file, IReadOnlyList<SigningKeyEntry> entries)
    {
        json.WriteStartObject("trust");
        json.WriteStartArray("keys");
        foreach (var key in Lines(entries))
        {
            json.WriteStringValue(key);
        }

        json.WriteEndArray();
        json.WriteNumber("threshold", HostThreshold(file));
        json.WriteNumber("epoch", file.Epoch);
        json.WriteEndObject();
    }

    private static void WriteNix(TextWriter writer, BentoFile file, IReadOnlyList<SigningKeyEntry> entries)
    {
        writer.WriteLine("{");
        writer.WriteLine("  keys = [");
        foreach (var key in Lines(entries))
        {
            writer.WriteLine($"    \"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal)}\"");
        }

        writer.WriteLine("  ];");
        writer.WriteLine($"  threshold = {HostThreshold(file)};");
        writer.WriteLine($"  epoch = {file.Epoch};");
        writer.WriteLine("}");
    }

    /// <summary>While a key is replaced, releases bear more signatures than hosts need.</summary>
    private static int HostThreshold(BentoFile file) => file.Signing.Threshold ?? 1;

    private static IEnumerable<string> Lines(IReadOnlyList<SigningKeyEntry> entries) => entries.Select(entry => entry.Key?.ToString()).OfType<string>();

    private static void WriteJson(TextWriter writer, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            write(json);
        }

        PlainWriter.Styled(writer).Write($"{Encoding.UTF8.GetString(stream.ToArray())}\n");
    }
}
