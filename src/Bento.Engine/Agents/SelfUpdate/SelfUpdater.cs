using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Agents.Machine;
using Bento.Building;
using Bento.Building.Locks;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.SelfUpdate;

/// <summary>Looks for newer inputs when the server has nothing new: in a copy of the tree, with a lock file of the host's own.</summary>
internal sealed class SelfUpdater(
    IOptions<AgentOptions> options,
    [Guarded] ISystemBuilder builder,
    [Guarded] IActivator activator,
    StoreRepair store,
    StepWatchdog steps,
    TimeProvider clock)
{
    private readonly AgentOptions _options = options.Value;
    private readonly SelfUpdateTree _tree = new(options.Value.StateDirectory);
    private readonly ContentStore _content = new(
        Path.Join(options.Value.StateDirectory, "trees"), new ContentUnpacker(options.Value.MaxTreeBytes));

    public bool IsDue(AgentJournal journal) =>
        SelfUpdateRule.IsDue(journal, _options.SelfUpdateInterval, Jitter.Of(_options.Host, 0), clock.GetUtcNow());

    /// <summary>Looks once. Call it when <see cref="IsDue"/> says so.</summary>
    /// <returns>What the look came to, and the attempt at what it found; null when that is what the host runs, or did not hold
    /// before.</returns>
    public async Task<(SelfUpdateLook Look, JournalAttempt? Attempt)> LookAsync(AgentJournal journal, CancellationToken cancellationToken)
    {
        var last = journal.Attempt!;
        var now = clock.GetUtcNow();
        steps.Begin(_options.BuildTimeout);
        using var deadline = new Deadline(_options.BuildTimeout, clock, cancellationToken);
        try
        {
            _ = last.RepairsStore && await store.CheckAsync(last, null, deadline.Token).ConfigureAwait(false);
            var (system, update) = await EvaluateAsync(last.Release, deadline.Token).ConfigureAwait(false);
            var look = new SelfUpdateLook(now, 0);
            var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
            var isRunning = (machine.Running == system && machine.Profile == system)
                || (last is { Update: not null, IsStaged: true } && machine.Profile == system);

            // What was switched to once and did not hold is not switched to every day.
            var didNotHold = last is
            {
                Update: not null, IsExcused: false, Outcome: AttemptOutcome.ActivationFailed
                or AttemptOutcome.Unconfirmed
                or AttemptOutcome.RolledBack
            } && last.System == system;
            if (isRunning || didNotHold)
            {
                return (look, null);
            }

            _tree.Settle();
            return (look, new JournalAttempt(last.Release, last.Attempt + 1, now, AttemptPhase.Building)
            {
                Update = $"Self-update of {update}",
                BootId = machine.BootId,
                Rejected = RejectionRule.After(last),
                RepairsStore = last.RepairsStore,
                SuspectSince = last.SuspectSince,
                Excuses = last.Update is null ? 0 : last.Excuses,
            });
        }
        catch (NixException exception)
        {
            return (Failed(exception.Message), null);
        }
        catch (SelfUpdateException exception)
        {
            return (Failed(exception.Message), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (Failed($"it was stopped after {_options.BuildTimeout}."), null);
        }

        finally
        {
            _ = await store.SyncAsync(last).ConfigureAwait(false);
        }

        SelfUpdateLook Failed(string reason) =>
            new(now, (journal.SelfUpdate?.Failures ?? 0) + 1) { Problem = $"The self-update failed: {reason}" };
    }

    private async Task<(StorePath System, string Update)> EvaluateAsync(Release release, CancellationToken cancellationToken)
    {
        try
        {
            var original = _content.Find(release.Content)
                ?? throw new SelfUpdateException("the tree of the release is not on the disk of the host.");
            var source = new ConfigurationSource
            {
                Directory = _tree.Take(original, cancellationToken),
                Subdirectory = release.Content.Subdirectory,
                Kind = release.Kind,
                Name = release.Host.ToString(),
                Provenance = release.Provenance,
            };
            if (await builder.UpdateLockAsync(source, null, cancellationToken).ConfigureAwait(false) is { } unlocked)
            {
                throw new SelfUpdateException(unlocked.Message);
            }

            var evaluation = await builder.EvaluateAsync(
                source, [release.Attribute!], new EvaluationSettings(), null, cancellationToken).ConfigureAwait(false);
            return evaluation switch
            {
                { Failure: { } broken } => throw new SelfUpdateException(broken.Message),
                { Systems: [{ Failure: { } failure }] } => throw new SelfUpdateException(failure.Message),
                { Systems: [{ Derivation: { } derivation }] } =>
                    (derivation.System, LockChanges.Describe(Moves(original, source))),
                _ => throw new SelfUpdateException($"the flake has no nixosConfigurations.{release.Attribute}."),
            };
        }
        catch (Exception exception) when (exception is NixException or IOException)
        {
            throw new SelfUpdateException(exception.Message);
        }
    }

    private static IReadOnlyList<InputMove> Moves(string before, ConfigurationSource after) =>
        FlakeLockFile.Read(Path.Join(after.Directory, after.Subdirectory)) is { } updated
            ? FlakeLock.Moves(FlakeLockFile.Read(Path.Join(before, after.Subdirectory)), updated)
            : [];

    private sealed class SelfUpdateException(string message) : Exception(message);
}
