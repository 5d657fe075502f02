using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Hosts;

/// <summary>The hosts of a fleet, for people.</summary>
internal static class HostsRenderer
{
    private static readonly string[] Titles = ["HOST", "TAGS", "CONFIGURATION", "AREA", "KEY"];

    public static void Write(CliIo io, IReadOnlyList<HostEntry> hosts)
    {
        if (hosts.Count == 0)
        {
            io.Error.WriteLine("No hosts yet. To add one: bento host add");
            return;
        }

        TextTable.Write(io, Titles,
        [
            .. hosts.Select(host => (IReadOnlyList<TextCell>)
            [
                host.Name.ToString(),
                host.Tags.Count == 0 ? "-" : string.Join(",", host.Tags),
                host.HasConfiguration switch { true => "yes", false => "no", null => "not evaluated" },
                host.HasArea ? "yes" : "no",
                host.Key?.Fingerprint.ToString() ?? "-",
            ]),
        ]);
    }
}
