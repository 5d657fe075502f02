using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Diff;

/// <summary>What hosts run against what they should run: a line a host, and the packages of a host that stands alone.</summary>
internal static class DifferenceTable
{
    public static void Write(CliIo io, IReadOnlyList<HostDifference> hosts, bool isVerbose)
    {
        WriteHosts(io, hosts);
        foreach (var host in hosts.Where(host => host.Packages is not null && (isVerbose || hosts.Count == 1)))
        {
            io.Out.WriteLine($"{host.Host}: {host.Running!.Value.BaseName} → {host.Wanted!.Value.BaseName}");
            foreach (var line in PackageLines.Of(host.Packages!, all: true))
            {
                io.Out.WriteLine(line);
            }
        }
    }

    public static void WriteHosts(CliIo io, IReadOnlyList<HostDifference> hosts) => TextTable.Write(
        io,
        titles: null,
        [.. hosts.Select(host => (IReadOnlyList<TextCell>)[
            host.Host.ToString(), host.Packages is { } packages ? PackageLines.Counts(packages) : string.Empty, Words(host),
        ])]);

    private static string Words(HostDifference host) => host switch
    {
        { IsSame: true } => "up to date",
        { Running: null } => "has not reported what it runs",
        { Wanted: null } => $"chooses its system; runs {host.Running!.Value.BaseName}",
        { Packages: { } packages } => PackageLines.Size(packages),
        _ => $"not on this machine: {string.Join(" and ", host.Missing.Select(system => system.BaseName))}",
    };
}
