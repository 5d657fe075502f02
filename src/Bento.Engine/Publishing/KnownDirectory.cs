using System.Collections.Concurrent;
using Bento.Building.Fleet;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>A configuration directory that has not changed since it was evaluated whole. Thread-safe.</summary>
internal sealed class KnownDirectory(ScannedDirectory directory, EvaluatedDirectory evaluated, HostSelection selection)
{
    private readonly ConcurrentDictionary<HostName, Release> _current = new();
    private readonly ConcurrentDictionary<HostName, OfferedContent> _offered = new();

    public ScannedDirectory Directory { get; } = directory;

    private readonly Dictionary<HostName, string> _attributes = evaluated.Systems.Keys
        .Where(attribute => selection.Naming.Find(attribute) is not null)
        .ToDictionary(attribute => selection.Naming.Find(attribute)!.Value);

    public IReadOnlyList<HostName> AllHosts => [.. _attributes.Keys];

    public IEnumerable<HostName> Selected => AllHosts.Where(selection.Includes);

    /// <summary>The current releases of the selected hosts that already have the release that they would get.</summary>
    public IEnumerable<Release> Current => _current.Values;

    /// <summary>What the areas of its hosts hold, as far as they were read.</summary>
    public IEnumerable<KeyValuePair<HostName, OfferedContent>> Offered => _offered;

    /// <summary>Whether that is so for all of them, after each was compared.</summary>
    public bool IsUnchanged => Selected.All(_current.ContainsKey);

    /// <summary>Looks whether a host has the release that it would get.</summary>
    public async Task CompareAsync(
        HostName host, ITransportSession session, ReleaseTerms terms, SecretVault vault, bool unpins, CancellationToken cancellationToken)
    {
        var spec = new HostSpec
        {
            Name = host,
            Directory = Directory.Configuration.Path,
            Kind = evaluated.Kind,
            Settings = selection.Settings(host, Directory.Configuration.Marks),
            Attribute = _attributes[host] == host.ToString() ? null : _attributes[host],
        };
        try
        {
            var secrets = await vault.PrepareAsync(spec, cancellationToken).ConfigureAwait(false);
            var wanted = new WantedRelease(spec, evaluated.TreeHash, evaluated.Systems[_attributes[host]])
            {
                Secrets = secrets,
                Subdirectory = Directory.Subdirectory,
                Provenance = evaluated.Provenance,
            };
            var offered = await OfferedContent.ReadAsync(session.OpenArea(host), cancellationToken).ConfigureAwait(false);
            _offered[host] = offered;
            if (offered.Current(terms) is { } current && wanted.IsAlready(current, terms, unpins))
            {
                _current[host] = current;
            }
        }
        catch (TransportException exception) when (!exception.IsTransient)
        {
            // The host counts as changed; whoever publishes to it meets the same and fails it alone.
        }
        catch (SecretException)
        {
            // The same.
        }
    }
}
