using Bento.Building;
using Bento.Hosts;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>A configuration directory that has not changed since it was evaluated whole.</summary>
internal sealed class KnownDirectory(ScannedDirectory directory, EvaluatedDirectory evaluated, HostSelection selection)
{
    private readonly Dictionary<HostName, Release> _current = [];

    public ScannedDirectory Directory { get; } = directory;

    public IReadOnlyList<HostName> AllHosts { get; } = [.. evaluated.Systems.Keys.Select(name => HostName.Parse(name))];

    /// <summary>The current releases of the selected hosts, after <see cref="IsUnchangedAsync"/> said yes.</summary>
    public IReadOnlyDictionary<HostName, Release> Current => _current;

    /// <summary>Whether every selected host of the directory already has the release that it would get.</summary>
    public async Task<bool> IsUnchangedAsync(
        ITransportSession session, FleetName fleet, IReadOnlyList<PublicKey> keys, CancellationToken cancellationToken)
    {
        foreach (var host in AllHosts.Where(selection.Includes))
        {
            var spec = new HostSpec(host, Directory.Configuration.Path, evaluated.Kind, selection.Settings(host, Directory.Configuration.Marks));
            var wanted = new WantedRelease(spec, evaluated.TreeHash, evaluated.Systems[host.ToString()]);
            var current = await CurrentRelease.ReadAsync(session.OpenArea(host), keys, cancellationToken).ConfigureAwait(false);
            if (current is null || !wanted.IsAlready(current, fleet))
            {
                return false;
            }

            _current[host] = current;
        }

        return true;
    }
}
