using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Building.Fleet;

/// <summary>Lists the hosts of each configuration directory by Nix, from a private copy of what would be shipped.</summary>
internal sealed class NixFleetInventory(
    FleetReader reader, [Guarded] ISystemBuilder builder, StateDirectories state, IOptions<BentoOptions> options) : IFleetInventory
{
    public async Task<FleetInventory> ReadAsync(CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        using var work = WorkDirectory.Create(state);
        var naming = new HostNaming(options.Value);
        var hosts = new SortedSet<HostName>();
        List<FleetProblem> problems = [.. reading.Problems, .. reading.Remarks];
        foreach (var directory in reading.Directories)
        {
            var configuration = directory.Configuration;
            var listing = await ListAsync(directory, work, cancellationToken).ConfigureAwait(false);
            if (listing.Failure is { } failure)
            {
                problems.Add(new FleetProblem(configuration.Path, failure.Message) { Kind = failure.ToFailure().Kind });
            }

            foreach (var attribute in listing.Attributes.Where(attribute => !naming.IsIgnored(attribute)))
            {
                try
                {
                    _ = hosts.Add(naming.Name(attribute));
                }
                catch (FormatException exception)
                {
                    problems.Add(new FleetProblem(configuration.Path, exception.Message));
                }
            }
        }

        return new FleetInventory([.. hosts], problems)
        {
            Unshared =
            [
                .. reading.Directories.SelectMany(directory => OutsideReference.FindUnshared(options.Value.Directory, directory))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
        };
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
            directory.ToSource(snapshot), cancellationToken).ConfigureAwait(false);
    }
}
