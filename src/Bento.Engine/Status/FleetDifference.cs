using Bento.Building;
using Bento.Building.Store;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Status;

/// <summary>Takes what hosts run and should run from their status, and the packages from the store.</summary>
internal sealed class FleetDifference(IFleetStatus status, [Guarded] ISystemBuilder builder, NvdComparison nvd) : IFleetDifference
{
    public async Task<IReadOnlyList<HostDifference>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken)
    {
        var systems = new SystemDifferences(builder);
        var differences = new List<HostDifference>();
        foreach (var host in await status.ReadAsync(hosts, cancellationToken).ConfigureAwait(false))
        {
            differences.Add(await CompareAsync(
                new HostDifference { Host = host.Host, Running = host.Running, Wanted = host.Expected }, systems, cancellationToken)
                    .ConfigureAwait(false));
        }

        return differences;
    }

    public Task<string> DescribeByNvdAsync(HostDifference difference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return difference is { Packages: not null, Running: { } running, Wanted: { } wanted }
            ? nvd.CompareAsync(running, wanted, cancellationToken)
            : throw new ArgumentException($"The systems of '{difference.Host}' were not compared.", nameof(difference));
    }

    private static async Task<HostDifference> CompareAsync(
        HostDifference host, SystemDifferences systems, CancellationToken cancellationToken)
    {
        if (host is not { IsSame: false, Running: { } running, Wanted: { } wanted })
        {
            return host;
        }

        var missing = new List<StorePath>();
        foreach (var system in new[] { running, wanted })
        {
            if (await systems.ReadAsync(system, cancellationToken).ConfigureAwait(false) is null)
            {
                missing.Add(system);
            }
        }

        return host with
        {
            Missing = missing,
            Packages = await systems.BetweenAsync(running, wanted, cancellationToken).ConfigureAwait(false),
        };
    }
}
