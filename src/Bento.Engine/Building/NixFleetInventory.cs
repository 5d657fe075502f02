using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Building;

/// <summary>Lists the hosts of each configuration directory by Nix, from a private copy of what would be shipped.</summary>
internal sealed class NixFleetInventory(FleetReader reader, ISystemBuilder builder, StateDirectories state) : IFleetInventory
{
    public async Task<FleetInventory> ReadAsync(CancellationToken cancellationToken)
    {
        var (directories, found) = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        using var work = WorkDirectory.Create(state);
        var hosts = new SortedSet<HostName>();
        var problems = found.ToList();
        foreach (var directory in directories)
        {
            var configuration = directory.Configuration;
            var listing = await ListAsync(directory, work, cancellationToken).ConfigureAwait(false);
            if (listing.Failure is { } failure)
            {
                problems.Add(new FleetProblem(configuration.Path, failure.Message));
            }

            foreach (var attribute in listing.Attributes)
            {
                if (HostName.TryParse(attribute, out var host))
                {
                    _ = hosts.Add(host);
                }
                else
                {
                    problems.Add(new FleetProblem(configuration.Path, $"'{attribute}' cannot be the name of a host."));
                }
            }
        }

        return new FleetInventory([.. hosts], problems);
    }

    private async Task<SystemListing> ListAsync(ScannedDirectory directory, WorkDirectory work, CancellationToken cancellationToken)
    {
        var configuration = directory.Configuration;
        if (configuration.Kind == ConfigurationKind.Channel)
        {
            return new SystemListing([configuration.Name]);
        }

        var snapshot = Snapshot.Take(directory.Scan.Entries, work.NewPath(), cancellationToken);
        return await builder.ListAsync(
            new ConfigurationSource { Directory = snapshot.Directory, Kind = configuration.Kind, Name = configuration.Name },
            cancellationToken).ConfigureAwait(false);
    }
}
