using System.Text.Json.Serialization;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Diff;

/// <summary>What hosts run against what they should run, as JSON (docs/guide/json.md).</summary>
internal sealed record DifferenceDocument(int Schema, IReadOnlyList<DifferenceDocument.Host> Hosts)
{
    public static void Write(TextWriter writer, IReadOnlyList<HostDifference> hosts) =>
        JsonOutput.Write(writer, new DifferenceDocument(1, [.. hosts.Select(Of)]), DifferenceJsonContext.Default.DifferenceDocument);

    private static Host Of(HostDifference host) => new(
        host.Host.ToString(),
        host.Running?.ToString(),
        host.Wanted?.ToString(),
        [.. host.Missing.Select(path => path.ToString())],
        PackagesDocument.Of(host.Packages));

    internal sealed record Host(
        [property: JsonPropertyName("host")] string Name,
        string? Running,
        string? Wanted,
        IReadOnlyList<string> Missing,
        PackagesDocument? Difference);
}
