using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Hosts;

/// <summary>The hosts of a fleet as JSON (docs/guide/json.md).</summary>
internal sealed record HostsDocument(int Schema, IReadOnlyList<HostsDocument.Host> Hosts)
{
    public static void Write(TextWriter writer, IReadOnlyList<HostEntry> hosts) => JsonOutput.Write(
        writer,
        new HostsDocument(
            1, [.. hosts.Select(host => new Host(
                host.Name.ToString(),
                host.Tags,
                host.Key?.ToString(),
                host.Key?.Fingerprint.ToString(),
                host.HasConfiguration,
                host.HasArea))]),
        HostsJsonContext.Default.HostsDocument);

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        IReadOnlyList<string> Tags,
        string? Key,
        string? Fingerprint,
        bool? Configuration,
        bool Area);
}
