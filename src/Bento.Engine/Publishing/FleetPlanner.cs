using System.Collections.Concurrent;
using Bento.Building.Fleet;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.Telemetry;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Finds out which hosts a deploy has something to do for, and fails those for which nothing can be done.</summary>
internal sealed class FleetPlanner(
    FleetReader reader,
    FleetEvaluator evaluator,
    ReleaseSealer seal,
    ReleaseComparison comparison,
    SecretVault vault,
    FleetRoster roster,
    IOptions<BentoOptions> options)
{
    private const int MaxConcurrentReads = 16;

    /// <summary>Evaluates every selected host, whatever its area holds.</summary>
    public async Task<IReadOnlyList<PlannedHost>> EvaluateAsync(DeployRun run, CancellationToken cancellationToken)
    {
        var (directories, others) = await ReadAsync(run, cancellationToken).ConfigureAwait(false);
        return Reconcile(run, [], await EvaluateAsync(run, directories, cancellationToken).ConfigureAwait(false), others);
    }

    /// <summary>Evaluates what changed since the last deploy, and finds out whose release that changes.</summary>
    /// <exception cref="TransportException">The server cannot be used. What only concerns the area of one host fails that host.</exception>
    /// <exception cref="SigningException">A signing key is missing: found out before anything is evaluated.</exception>
    public async Task<FleetPlan> PlanAsync(DeployRun run, ITransportSession session, CancellationToken cancellationToken)
    {
        var terms = await seal.ReadTermsAsync(cancellationToken).ConfigureAwait(false);
        if (!terms.HasKeys)
        {
            run.Remark("Releases are not signed: only agents that allow unsigned releases take them.");
        }

        var (found, others) = await ReadAsync(run, cancellationToken).ConfigureAwait(false);
        var directories = PublishableDirectories.KeepClean(run, options.Value, found);
        var known = await FindKnownAsync(run, directories, session, terms, cancellationToken).ConfigureAwait(false);
        var unchanged = known.Where(directory => directory.IsUnchanged).ToList();
        var offered = known.SelectMany(directory => directory.Offered).ToDictionary();
        var changed = PublishableDirectories.KeepPortable(
            run, options.Value, directories.Except(unchanged.Select(directory => directory.Directory)));
        var evaluated = Reconcile(run, unchanged, await EvaluateAsync(run, changed, cancellationToken).ConfigureAwait(false), others);
        foreach (var directory in unchanged)
        {
            run.Add(SecretVault.Strays(directory.Directory.Configuration, directory.AllHosts));
        }

        foreach (var open in directories.Where(directory => SecretsDirectory.Of(directory.Configuration).IsOpenToOthers))
        {
            run.Remark(
                $"The secrets of {open.Configuration.Path} can be read by other users of this machine. Run: chmod go= "
                    + $"{Path.Join(open.Configuration.FullPath, open.Configuration.SecretsName)}");
        }

        var due = new ConcurrentBag<PlannedHost>();
        var same = new ConcurrentBag<Release>(unchanged.SelectMany(directory => directory.Current));
        await Parallel.ForEachAsync(evaluated, Parallelism(MaxConcurrentReads, cancellationToken), async (planned, token) =>
        {
            var (host, current) = await comparison.CompareAsync(
                run, session, terms, planned, offered.GetValueOrDefault(planned.Name), token).ConfigureAwait(false);
            if (host is not null)
            {
                due.Add(host);
            }
            else if (current is not null)
            {
                same.Add(current);
            }
        }).ConfigureAwait(false);
        return new FleetPlan([.. due.OrderBy(host => host.Name)], [.. same]);
    }

    /// <returns>The directories that are as they were evaluated last, with what the areas of their hosts hold.</returns>
    private async Task<IReadOnlyList<KnownDirectory>> FindKnownAsync(
        DeployRun run,
        IReadOnlyList<ScannedDirectory> directories,
        ITransportSession session,
        ReleaseTerms terms,
        CancellationToken cancellationToken)
    {
        var known = directories.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(directory =>
                evaluator.FindKnown(directory) is { } evaluated ? new KnownDirectory(directory, evaluated, run.Selection) : null)
            .OfType<KnownDirectory>()
            .ToList();
        await Parallel.ForEachAsync(
            known.SelectMany(directory => directory.Selected.Select(host => (directory, host))),
            Parallelism(MaxConcurrentReads, cancellationToken),
            async (pair, token) => await pair.directory.CompareAsync(
                pair.host, session, terms, vault, run.Unpins, token).ConfigureAwait(false)).ConfigureAwait(false);
        return known;
    }

    /// <returns>The directories that may describe selected hosts, and the hosts of the others.</returns>
    private async Task<(IReadOnlyList<ScannedDirectory> Directories, IReadOnlyList<HostName> Others)> ReadAsync(
        DeployRun run, CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var directories = reading.Directories;
        run.Add(reading.Problems);
        foreach (var remark in reading.Remarks)
        {
            run.Remark(remark.ToString());
        }

        if (directories.Any(directory => directory.Configuration.IsWholeTree))
        {
            run.Remark("The flake is at the root of the Bento directory: its whole tree is shipped to every host.");
        }

        // A channel directory is one host, known by its name: what is not selected need not be looked at.
        var others = directories.Where(directory => directory.Configuration.Kind == ConfigurationKind.Channel)
            .Select(
                directory => (Directory: directory, Name: run.Selection.Naming.Find(directory.Configuration.Name) ?? default))
            .Where(directory => directory.Name != default && !run.Selection.Includes(directory.Name))
            .ToList();
        return ([.. directories.Except(others.Select(other => other.Directory))], [.. others.Select(other => other.Name)]);
    }

    private async Task<IReadOnlyList<EvaluatedConfiguration>> EvaluateAsync(
        DeployRun run, IReadOnlyList<ScannedDirectory> directories, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.EvaluatePhase);
        var evaluated = new ConcurrentBag<EvaluatedConfiguration>();
        await Parallel.ForEachAsync(
            directories, Parallelism(int.Min(Environment.ProcessorCount, 4), cancellationToken), async (directory, token) =>
            {
                try
                {
                    var configuration =
                        await evaluator.EvaluateAsync(directory, run.Selection, run.Work, run.Progress, token).ConfigureAwait(false);
                    run.Add(configuration.Problems);
                    if (configuration.Problems.Count == 0)
                    {
                        run.Add(SecretVault.Strays(
                            configuration.Configuration, [.. configuration.SelectedHosts, .. configuration.OtherHosts]));
                    }

                    evaluated.Add(configuration);
                }
                catch (GitException exception)
                {
                    run.Add([new FleetProblem(directory.Configuration.Path, exception.Message)]);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    run.Add(
                        [new FleetProblem(directory.Configuration.Path, $"It could not be copied to be evaluated: {exception.Message}")
                        {
                            Kind = FailureReading.KindOf(exception, FailureKind.Configuration),
                        }]);
                }
            }).ConfigureAwait(false);
        return [.. evaluated];
    }

    /// <summary>Settles what failed and what two directories define.</summary>
    private IReadOnlyList<PlannedHost> Reconcile(
        DeployRun run,
        IReadOnlyList<KnownDirectory> unchanged,
        IReadOnlyList<EvaluatedConfiguration> evaluated,
        IReadOnlyList<HostName> others)
    {
        var claims = evaluated.SelectMany(
            configuration => configuration.SelectedHosts.Select(host => (Name: host, configuration.Configuration.Path)))
            .Concat(evaluated.SelectMany(
                configuration => configuration.OtherHosts.Select(host => (Name: host, configuration.Configuration.Path))))
            .Concat(unchanged.SelectMany(known => known.AllHosts.Select(host => (Name: host, known.Directory.Configuration.Path))))
            .ToLookup(claim => claim.Name, claim => claim.Path);
        foreach (var claim in claims.Where(claim => claim.Count() > 1 && run.Selection.Includes(claim.Key)))
        {
            run.Fail(
                claim.Key,
                FailureKind.Configuration,
                $"It is defined twice: in {string.Join(" and in ", claim.Order(StringComparer.Ordinal))}.",
                "Rename or remove one of them.");
        }

        var planned = new List<PlannedHost>();
        foreach (var (configuration, host) in evaluated.SelectMany(
            configuration => configuration.Hosts.Select(host => (configuration, host))))
        {
            if (claims[host.Spec.Name].Count() == 1)
            {
                planned.Add(new PlannedHost(host, configuration.Snapshot));
            }
        }

        foreach (var host in evaluated.SelectMany(configuration => configuration.Failed))
        {
            run.FailToBuild(
                host.Spec.Name, host.Failure.ToFailure($"{host.Place} does not evaluate: {host.Failure.Message}"), host.Failure.LogTail);
        }

        var known = claims.Select(claim => claim.Key).Concat(others).ToList();
        if (!run.HasProblems && !known.Any(run.Selection.Includes))
        {
            throw run.Selection.Empty(known);
        }

        if (!run.HasProblems)
        {
            roster.Write(known);
        }

        foreach (var name in run.Selection.IsAll && !run.HasProblems ? run.Selection.Undescribed(known) : [])
        {
            run.Remark($"The settings name a host '{name}', and nothing below hosts/ describes it.");
        }

        run.Add(run.Selection.Unknown(known));
        return planned;
    }

    private static ParallelOptions Parallelism(int degree, CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
}
