using Bento.Agents.Closures;
using Bento.Agents.Journal;
using Bento.Building;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>The effects of building: what they do to the disk of the host, and what came of it.</summary>
internal sealed class BuildSteps(
    IOptions<AgentOptions> options,
    [Guarded] ISystemBuilder builder,
    [Guarded] IActivator activator,
    StoreRepair store,
    ClosureInstall closures,
    TimeProvider clock)
{
    private readonly TimeSpan _buildTimeout = options.Value.BuildTimeout;
    private readonly string _roots = Path.Join(options.Value.StateDirectory, "roots");
    private readonly string _evaluated = Path.Join(options.Value.StateDirectory, "evaluated");
    private readonly SelfUpdateTree _updates = new(options.Value.StateDirectory);
    private readonly ContentStore _content = new(
        Path.Join(options.Value.StateDirectory, "trees"), new ContentUnpacker(options.Value.MaxTreeBytes));

    /// <summary>Builds the system, unless the machine runs and boots exactly the expected one already.</summary>
    public async Task<AttemptEvent> BuildAsync(JournalAttempt attempt, AttemptLog log, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_buildTimeout, clock, cancellationToken);
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (attempt is { Update: null, RepairsStore: false, Release.ExpectedSystem: { } expected }
            && machine.Running == expected
            && machine.Profile == expected)
        {
            return new AttemptEvent.Built(expected);
        }

        var isWhole = attempt is { Update: null, Release.Closure: not null };
        var tree = isWhole ? null : FindTree(attempt);
        if (!isWhole && tree is null)
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.FetchFailed, "The unpacked content changed on the disk of the host.", IsTransient: true);
        }

        var isChecked = false;
        AttemptEvent happened;
        try
        {
            isChecked = attempt.RepairsStore && await store.CheckAsync(attempt, log, deadline.Token).ConfigureAwait(false);
            happened = tree is null
                ? await InstallAsync(attempt.Release.ExpectedSystem!.Value, log, deadline.Token).ConfigureAwait(false)
                : await BuildAsync(attempt, tree, log, isFirst: true, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            happened = new AttemptEvent.Failed(
                AttemptOutcome.BuildFailed, $"The build was stopped after {_buildTimeout}.", IsTransient: false);
        }
        catch (NixException exception)
        {
            happened = new AttemptEvent.Failed(AttemptOutcome.BuildFailed, exception.Message, exception.IsTransient);
        }

        if (await store.SyncAsync(happened is AttemptEvent.Built { System: var system } ? attempt with { System = system } : attempt)
            .ConfigureAwait(false) is { } unwritten)
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.BuildFailed, $"What was built could not be written to disk: {unwritten}", IsTransient: true);
        }

        // What failed may have read something that was damaged: it is tried once more, with what was found to be whole.
        return happened is AttemptEvent.Failed failed && attempt.RepairsStore
            ? failed with { IsTransient = true, IsStoreChecked = isChecked }
            : happened;
    }

    private string? FindTree(JournalAttempt attempt) => attempt.Update is null ? _content.Find(attempt.Release.Content) : _updates.Find();

    /// <summary>Removes what only older releases need.</summary>
    public void Collect(Release current)
    {
        closures.Collect(current);
        _content.KeepOnly(current.Closure is null ? current.Content : null);
        if (current.Closure is not null && Directory.Exists(_roots))
        {
            // Built here before the host got its systems whole.
            Directory.Delete(_roots, recursive: true);
        }
    }

    private async Task<AttemptEvent> InstallAsync(StorePath system, AttemptLog log, CancellationToken cancellationToken)
    {
        if (await closures.InstallAsync(system, cancellationToken).ConfigureAwait(false) is not { } failed)
        {
            return new AttemptEvent.Built(system);
        }

        log.Note(failed.Failure.Message);
        return new AttemptEvent.Failed(
            AttemptOutcome.BuildFailed, $"Nix did not take the system: {failed.Failure.Message}", failed.IsTransient);
    }

    private async Task<AttemptEvent> BuildAsync(
        JournalAttempt attempt, string tree, AttemptLog log, bool isFirst, CancellationToken cancellationToken)
    {
        var release = attempt.Release;
        var source = new ConfigurationSource
        {
            Directory = tree,
            Subdirectory = release.Content.Subdirectory,
            Kind = release.Kind,
            Name = release.Host.ToString(),
            Provenance = release.Provenance,
        };
        var attribute = release.Attribute ?? release.Host.ToString();
        var notes = new BuildLog(log);
        ForgetEvaluated();
        var evaluation = await builder.EvaluateAsync(
            source, [attribute], new EvaluationSettings { RootsDirectory = _evaluated }, notes, cancellationToken).ConfigureAwait(false);
        if ((evaluation.Failure ?? (evaluation.Systems is [{ } only] ? only.Failure : null)) is { } failure)
        {
            return Failed(failure, log);
        }

        if (evaluation.Systems is not [{ Derivation: { } derivation }])
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.BuildFailed,
                $"The content does not describe the host: it has no nixosConfigurations.{attribute}.",
                IsTransient: false);
        }

        if (attempt.Update is null && release.ExpectedSystem is { } expected && derivation.System != expected)
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.Mismatch,
                $"The configuration describes {derivation.System.BaseName} here, and the release expects {expected.BaseName}.",
                IsTransient: false);
        }

        var builds = await builder.BuildAsync(
            [derivation], new BuildSettings { RootsDirectory = _roots, Repair = attempt.RepairsStore }, notes, cancellationToken)
                .ConfigureAwait(false);
        return builds[0].Failure switch
        {
            null => Built(derivation.System),
            { Kind: BuildFailureKind.Damaged } when isFirst =>
                await BuildAsync(attempt, tree, log, isFirst: false, cancellationToken).ConfigureAwait(false),
            var broken => Failed(broken, log),
        };
    }

    private AttemptEvent.Built Built(StorePath system)
    {
        ForgetEvaluated();
        return new AttemptEvent.Built(system);
    }

    /// <summary>Lets go what an earlier evaluation kept from the garbage collector.</summary>
    private void ForgetEvaluated()
    {
        if (Directory.Exists(_evaluated))
        {
            Directory.Delete(_evaluated, recursive: true);
        }
    }

    private static AttemptEvent.Failed Failed(BuildFailure failure, AttemptLog log)
    {
        log.Note(failure.Message);
        foreach (var line in failure.LogTail)
        {
            log.Note(line);
        }

        return new AttemptEvent.Failed(AttemptOutcome.BuildFailed, failure.Message, failure.IsTransient);
    }

    private sealed class BuildLog(AttemptLog log) : IProgress<FleetEvent>
    {
        public void Report(FleetEvent value)
        {
            switch (value)
            {
                case FleetEvent.BuildLogged { } logged:
                    log.Note($"{logged.Derivation}> {logged.Line}");
                    break;
                case FleetEvent.Warned { } warned:
                    log.Note($"warning: {warned.Message}");
                    break;
            }
        }
    }
}
