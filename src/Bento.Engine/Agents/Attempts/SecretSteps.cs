using Bento.Agents.Journal;
using Bento.Agents.Secrets;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>
/// What happens to the secrets of a host along an attempt: fetched with the content, decrypted before anything is activated, in force just
/// before the switch, back with the system.
/// </summary>
/// <remarks>Each step may be repeated after a kill or a power cut, and finds its work done or does it again.</remarks>
internal sealed class SecretSteps(IOptions<AgentOptions> options, Age age, TransferDeadline deadline)
{
    private readonly SecretStore _store = new(Path.Join(options.Value.StateDirectory, "secrets"));
    private readonly UnlockedSecrets _mount = new(options.Value.SecretsDirectory, options.Value.SecretsIdentityFile, age);

    /// <summary>Why the secrets that are in force are not in memory, as one sentence; null when they are, or there are none.</summary>
    public string? Locked { get; private set; }

    /// <summary>Whether secrets are in force and not in memory: what somebody sees who only looks.</summary>
    public bool AreMissing => InForce(_store.Peek()) is { } release && !_mount.Holds(release);

    /// <returns>Why the secrets could not be fetched; null when they are there, or the release has none.</returns>
    public async Task<AttemptEvent?> FetchAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        try
        {
            await (release.Secrets is { } secrets
                ? _store.FetchAsync(area, secrets, cancellationToken)
                : Task.CompletedTask).ConfigureAwait(false);
            return null;
        }
        catch (ContentException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (TransportException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (IOException exception)
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.FetchFailed, $"The secrets could not be stored: {exception.Message}", IsTransient: true);
        }
    }

    /// <summary>What must have happened to the secrets before a phase does what it does.</summary>
    /// <returns>What came of the phase instead, when its secrets failed; null when it may go on.</returns>
    public async Task<AttemptEvent?> PrepareAsync(JournalAttempt attempt, AttemptLog log, CancellationToken cancellationToken)
    {
        switch (attempt.Phase)
        {
            case AttemptPhase.Ready:
                return await TryAsync(
                    () => UnlockAsync(attempt.Release.Id, attempt.Release.Secrets, cancellationToken)).ConfigureAwait(false) is { } locked
                    ? new AttemptEvent.Failed(AttemptOutcome.ActivationFailed, locked, IsTransient: true)
                    : null;

            case AttemptPhase.Activating:
                return await TryAsync(() => PutInForceAsync(attempt.Release, cancellationToken)).ConfigureAwait(false) is { } failure
                    ? new AttemptEvent.NotSwitched(failure, IsTransient: true)
                    : null;

            case AttemptPhase.RollingBack when attempt.Update is null:
                // A self-update has the secrets of the release that the host goes back to. The system goes back whatever becomes of its
                // secrets.
                if (await TryAsync(() => PutBackAsync(attempt.Release.Id, cancellationToken)).ConfigureAwait(false) is { } reason)
                {
                    log.Note(reason);
                }

                return null;

            default:
                return null;
        }
    }

    /// <summary>Puts secrets in force that come with no switch: the host runs the system already.</summary>
    /// <returns>Why that failed; null when it did not.</returns>
    public Task<string?> ReplaceAsync(Release release, CancellationToken cancellationToken) =>
        TryAsync(() => PutInForceAsync(release, cancellationToken));

    /// <summary>After a reboot nothing is in memory: decrypts again what was in force. <see cref="Locked"/> says why that failed.</summary>
    /// <param name="journal">What happened on the host.</param>
    /// <param name="area">Where an archive that was damaged on the disk is fetched again; null when the server is away.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RestoreAsync(AgentJournal journal, IArea? area, CancellationToken cancellationToken) =>
        Locked = await TryAsync(async () =>
        {
            if (Recall(journal).Current is { Secrets: { } secrets } current)
            {
                if (area is not null && !_mount.Holds(current.Release))
                {
                    _ = await deadline.RunAsync(
                        "Fetching the secrets", token => FetchAgainAsync(area, secrets, token), cancellationToken).ConfigureAwait(false);
                }

                await UnlockAsync(current.Release, secrets, cancellationToken).ConfigureAwait(false);
                _mount.Point(current.Release);
            }
            else if (_store.Load().Current is not null)
            {
                // In force is a release without secrets: those of one that was rolled back may be left.
                _mount.Point(null);
            }
        }).ConfigureAwait(false);

    /// <summary>Removes what only other releases need: called when the host runs the current one.</summary>
    public void Collect()
    {
        try
        {
            if (_store.Load() is { Current: { } current } record)
            {
                _store.Save(record with { Previous = null });
                _mount.KeepOnly(current.Secrets is null ? null : current.Release);
                _store.KeepOnly(current.Secrets?.Archive);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left stands in nobody's way, and goes after the next success.
        }
    }

    private async Task<bool> FetchAgainAsync(IArea area, ReleaseSecrets secrets, CancellationToken cancellationToken)
    {
        await _store.FetchAsync(area, secrets, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task UnlockAsync(ReleaseId release, ReleaseSecrets? secrets, CancellationToken cancellationToken)
    {
        if (secrets is not null)
        {
            var cipher = _store.Read(secrets.Archive)
                ?? throw new ContentException("The encrypted secrets changed on the disk of the host.");
            await _mount.UnlockAsync(release, secrets, cipher, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PutInForceAsync(Release release, CancellationToken cancellationToken)
    {
        var record = _store.Load();
        if (record == SecretRecord.Empty && release.Secrets is null)
        {
            Locked = null;
            return;
        }

        await UnlockAsync(release.Id, release.Secrets, cancellationToken).ConfigureAwait(false);
        if (record.Current?.Release != release.Id)
        {
            // Before the link: whoever finds the link knows the way back.
            _store.Save(new SecretRecord(new SecretGeneration(release.Id, release.Secrets), record.Current));
        }

        _mount.Point(release.Secrets is null ? null : release.Id);
        Locked = null;
    }

    private async Task PutBackAsync(ReleaseId failed, CancellationToken cancellationToken)
    {
        var record = _store.Load();
        if (record.Current?.Release == failed)
        {
            // Before the link: whatever keeps it from being moved now, every poll moves it to what the record says.
            record = new SecretRecord(record.Previous, null);
            _store.Save(record);
            if (record.Current is { } previous)
            {
                await UnlockAsync(previous.Release, previous.Secrets, cancellationToken).ConfigureAwait(false);
            }

            _mount.Point(InForce(record));
            Locked = null;
        }

        // Nobody reads them any more, so they stay in the clear no longer. Where the record was lost, they may be what is in force.
        if (!_store.WasDamaged)
        {
            _mount.KeepOnly(InForce(record));
        }
    }

    /// <summary>What is in force. Where the record was lost, the journal knows it as long as its last attempt held.</summary>
    private SecretRecord Recall(AgentJournal journal)
    {
        var record = _store.Load();
        if (record.Current is not null
            || journal.Attempt is not { Phase: AttemptPhase.Finished, Release: { Secrets: not null } release } last
                || (last.Update is null && last.Outcome?.IsSuccess() != true))
        {
            return record;
        }

        record = new SecretRecord(new SecretGeneration(release.Id, release.Secrets), null);
        _store.Save(record);
        return record;
    }

    private static ReleaseId? InForce(SecretRecord record) => record.Current is { Secrets: not null } current ? current.Release : null;

    /// <summary>No text of a secret is in any of these messages: age and the file system speak of files and keys.</summary>
    private static async Task<string?> TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
            when (exception is SecretException or ContentException or TransportException or IOException or UnauthorizedAccessException)
        {
            var next = (exception as SecretException)?.NextStep is { } step2 ? $" {step2}" : string.Empty;
            return $"The secrets of the host could not be decrypted: {Sentence(exception.Message)}{next}";
        }
    }

    private static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
