using System.Collections.Concurrent;
using Bento.Building;
using Bento.Hosts;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Finds out which hosts a deploy has something to do for, and settles all the others.</summary>
internal sealed class FleetPlanner(IOptions<BentoOptions> options, FleetReader reader, FleetEvaluator evaluator, IReleaseSigner signer)
{
    private const int MaxConcurrentReads = 16;

    private readonly FleetName _fleet = FleetName.Parse(options.Value.Fleet);

    /// <summary>Evaluates every selected host, whatever its area holds.</summary>
    public async Task<IReadOnlyList<PlannedHost>> EvaluateAsync(DeployRun run, CancellationToken cancellationToken)
    {
        var directories = Read(run, cancellationToken);
        return Settle(run, [], await EvaluateAsync(run, directories, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Evaluates what changed since the last deploy; hosts whose release would not change are settled as unchanged.</summary>
    /// <exception cref="SigningException">A signing key is missing: found out before anything is evaluated.</exception>
    public async Task<IReadOnlyList<PlannedHost>> PlanAsync(DeployRun run, ITransportSession session, CancellationToken cancellationToken)
    {
        var keys = await signer.ReadKeysAsync(cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            run.Remark("Releases are not signed: only agents that allow unsigned releases take them.");
        }

        var directories = Read(run, cancellationToken);
        var unchanged = new ConcurrentBag<KnownDirectory>();
        await Parallel.ForEachAsync(directories, Parallelism(MaxConcurrentReads, cancellationToken), async (directory, token) =>
        {
            if (evaluator.FindKnown(directory) is { } evaluated
                && new KnownDirectory(directory, evaluated, run.Selection) is var known
                && await known.IsUnchangedAsync(session, _fleet, keys, token).ConfigureAwait(false))
            {
                unchanged.Add(known);
            }
        }).ConfigureAwait(false);

        var changed = directories.Except(unchanged.Select(known => known.Directory)).ToList();
        var planned = Settle(run, [.. unchanged], await EvaluateAsync(run, changed, cancellationToken).ConfigureAwait(false));
        var due = new ConcurrentBag<PlannedHost>();
        await Parallel.ForEachAsync(planned, Parallelism(MaxConcurrentReads, cancellationToken), async (host, token) =>
        {
            var current = await CurrentRelease.ReadAsync(session.OpenArea(host.Name), keys, token).ConfigureAwait(false);
            if (current is not null && host.Wanted.IsAlready(current, _fleet))
            {
                run.Settle(Unchanged(host.Name, current));
            }
            else
            {
                due.Add(host);
            }
        }).ConfigureAwait(false);
        return [.. due.OrderBy(host => host.Name)];
    }

    private IReadOnlyList<ScannedDirectory> Read(DeployRun run, CancellationToken cancellationToken)
    {
        var (directories, problems) = reader.Read(cancellationToken);
        run.Add(problems);
        if (directories.Any(directory => directory.Configuration.IsWholeTree))
        {
            run.Remark("The flake is at the root of the Bento directory: its whole tree is shipped to every host.");
        }

        // A channel directory is one host, known by its name: what is not selected need not be looked at.
        return [.. directories.Where(directory => directory.Configuration.Kind == ConfigurationKind.Flake
            || !HostName.TryParse(directory.Configuration.Name, out var name) || run.Selection.Includes(name))];
    }

    private async Task<IReadOnlyList<EvaluatedConfiguration>> EvaluateAsync(
        DeployRun run, IReadOnlyList<ScannedDirectory> directories, CancellationToken cancellationToken)
    {
        var evaluated = new ConcurrentBag<EvaluatedConfiguration>();
        await Parallel.ForEachAsync(directories, Parallelism(int.Min(Environment.ProcessorCount, 4), cancellationToken), async (directory, token) =>
        {
            var configuration = await evaluator.EvaluateAsync(directory, run.Selection, run.Work, run.Progress, token).ConfigureAwait(false);
            run.Add(configuration.Problems);
            evaluated.Add(configuration);
        }).ConfigureAwait(false);
        return [.. evaluated];
    }

    /// <summary>Settles what failed, what two directories define, and what needs no evaluation.</summary>
    private static IReadOnlyList<PlannedHost> Settle(DeployRun run, IReadOnlyList<KnownDirectory> unchanged, IReadOnlyList<EvaluatedConfiguration> evaluated)
    {
        var claims = evaluated.SelectMany(configuration => configuration.Hosts.Select(host => (host.Spec.Name, configuration.Configuration.Path)))
            .Concat(evaluated.SelectMany(configuration => configuration.OtherHosts.Select(host => (Name: host, configuration.Configuration.Path))))
            .Concat(unchanged.SelectMany(known => known.AllHosts.Select(host => (Name: host, known.Directory.Configuration.Path))))
            .ToLookup(claim => claim.Name, claim => claim.Path);
        foreach (var claim in claims.Where(claim => claim.Count() > 1 && run.Selection.Includes(claim.Key)))
        {
            run.Fail(claim.Key, $"It is defined twice: in {string.Join(" and in ", claim.Order(StringComparer.Ordinal))}.", "Rename or remove one of them.");
        }

        foreach (var (host, release) in unchanged.SelectMany(known => known.Current))
        {
            run.Settle(Unchanged(host, release));
        }

        var planned = new List<PlannedHost>();
        foreach (var (configuration, host) in evaluated.SelectMany(configuration => configuration.Hosts.Select(host => (configuration, host))))
        {
            if (host.Failure is { } failure)
            {
                run.Fail(host.Spec.Name, $"{configuration.Configuration.Path} does not evaluate: {failure.Message}", logTail: failure.LogTail);
            }
            else if (claims[host.Spec.Name].Count() == 1)
            {
                planned.Add(new PlannedHost(host, configuration.Snapshot));
            }
        }

        return claims.Any(claim => run.Selection.Includes(claim.Key)) || run.HasProblems
            ? planned
            : throw run.Selection.Empty([.. claims.Select(claim => claim.Key)]);
    }

    private static HostDeployment Unchanged(HostName host, Release release) =>
        new(host, DeployOutcome.Unchanged) { Number = release.Number, System = release.ExpectedSystem };

    private static ParallelOptions Parallelism(int degree, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
}
