using Bento.Building.Fleet;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Status;

/// <summary>Joins what is said about hosts with what describes them and with what lies on the server.</summary>
internal sealed class HostRegistry(
    IOptions<BentoOptions> options, FleetReader reader, StateDirectories state, FleetRoster roster, [Guarded] ITransport transport)
    : IHostRegistry
{
    private readonly BentoOptions _options = options.Value;

    public async Task<IReadOnlyList<HostEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var (described, isComplete) = await DescribedAsync(cancellationToken).ConfigureAwait(false);
        var areas = await AreasAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. _options.Hosts.Keys.Select(name => HostName.Parse(name)).Union(described).Union(areas).Order().Select(host => new HostEntry
            {
                Name = host,
                Tags = _options.Hosts.TryGetValue(host.ToString(), out var said) ? [.. said.Tags] : [],
                Key = SshPublicKey.TryParse(said?.PublicKey, null, out var key) ? key : null,
                HasConfiguration = described.Contains(host) ? true : isComplete ? false : null,
                HasArea = areas.Contains(host),
            }),
        ];
    }

    public IReadOnlyList<HostName> ListRemembered() => [.. (roster.Read() ?? new HashSet<HostName>()).Order()];

    public IReadOnlyList<FleetProblem> Check(HostName host, SshPublicKey key)
    {
        var problems = new List<FleetProblem>();
        try
        {
            _ = VerificationKey.Read(key);
        }
        catch (FormatException exception)
        {
            problems.Add(new FleetProblem("key", exception.Message) { Host = host });
        }

        foreach (var (name, said) in _options.Hosts)
        {
            if (!SshPublicKey.TryParse(said.PublicKey, null, out var known))
            {
                continue;
            }

            if (name == host.ToString() && !known.Equals(key))
            {
                problems.Add(new FleetProblem("key", $"The host has another key, {known.Fingerprint}.")
                {
                    Host = host,
                    NextStep = new NextStep("Remove that one first.") { Verb = NextStepVerb.RemoveHost, Host = host },
                });
            }
            else if (name != host.ToString() && known.Equals(key))
            {
                problems.Add(
                    new FleetProblem(
                        "key", $"'{name}' has this key already: each of the two could read the other's area. Make another one on the host.")
                    {
                        Host = host,
                    });
            }
        }

        return problems;
    }

    /// <returns>The hosts that are known to be described, and whether there are no others.</returns>
    private async Task<(HashSet<HostName> Hosts, bool IsComplete)> DescribedAsync(CancellationToken cancellationToken)
    {
        var cache = new EvaluationCache(state.Evaluations);
        var (directories, problems) = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var naming = new HostNaming(_options);
        var hosts = new HashSet<HostName>();
        var isComplete = problems.Count == 0;
        foreach (var directory in directories)
        {
            var evaluated = directory.Configuration.Kind == ConfigurationKind.Flake
                ? cache.Find(directory.Configuration, directory.Scan)
                : null;
            var names = directory.Configuration.Kind == ConfigurationKind.Flake ? evaluated?.Systems.Keys : [directory.Configuration.Name];
            isComplete &= names is not null && (evaluated is null || evaluated.IsComplete(naming));
            hosts.UnionWith((names ?? []).Select(naming.Find).OfType<HostName>());
        }

        return (hosts, isComplete);
    }

    private async Task<HashSet<HostName>> AreasAsync(CancellationToken cancellationToken)
    {
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return [.. await session.ListAreasAsync(cancellationToken).ConfigureAwait(false)];
        }
    }
}
