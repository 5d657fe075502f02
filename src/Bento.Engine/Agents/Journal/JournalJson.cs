using System.Text.Json;
using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>The journal as JSON.</summary>
internal static class JournalJson
{
    private const int Schema = 1;

    public static byte[] Write(AgentJournal journal) => JsonSerializer.SerializeToUtf8Bytes(
        new JournalDocument(
            Schema,
            journal.Floor.Epoch,
            journal.Floor.Sequence,
            journal.FloorId?.ToString(),
            journal.Attempt is { } attempt
                ? new JournalDocument.AttemptPart(
                    ReleaseJson.Write(attempt.Release),
                    attempt.Attempt,
                    attempt.StartedAt,
                    attempt.Phase,
                    attempt.Previous?.ToString(),
                    attempt.System?.ToString(),
                    attempt.Outcome,
                    attempt.Reason,
                    attempt.FailedUnits,
                    attempt.Rollbacks,
                    attempt.WillRetry,
                    attempt.RetryAt,
                    attempt.BootId,
                    attempt.RepairsStore,
                    attempt.IsStaged,
                    attempt.Update,
                    attempt.IsInterrupted,
                    attempt.Resumes,
                    attempt.Excuses,
                    attempt.IsExcused,
                    attempt.PreviousProfile?.ToString(),
                    attempt.SuspectSince)
                : null,
            journal.RebootPendingSince,
            journal.Reboot is { } reboot ? new JournalDocument.RebootPart(reboot.Release.ToString(), reboot.System.ToString(), reboot.BootId) : null,
            journal.SelfUpdate is { } look ? new JournalDocument.SelfUpdatePart(look.At, look.Failures, look.Problem) : null,
            journal.Looking is { } looking ? new JournalDocument.LookPart(looking.At, looking.BootId) : null),
        JournalJsonContext.Default.JournalDocument);

    /// <exception cref="JsonException">The bytes are no journal of this schema.</exception>
    public static AgentJournal Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonSerializer.Deserialize(utf8, JournalJsonContext.Default.JournalDocument)
            ?? throw new JsonException("It is null.");
        try
        {
            return document.Schema == Schema
                ? FromDocument(document)
                : throw new JsonException($"It has schema {document.Schema}; this agent reads schema {Schema}.");
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    private static AgentJournal FromDocument(JournalDocument document) => new()
    {
        Floor = new ReleaseNumber(document.Epoch, document.Sequence),
        FloorId = document.Release is { } id ? ReleaseId.Parse(id) : null,
        Attempt = document.Attempt is { } attempt
            ? new JournalAttempt(ReleaseJson.Read(attempt.Payload), attempt.Attempt, attempt.StartedAt, attempt.Phase)
            {
                Previous = attempt.Previous is { } previous ? StorePath.Parse(previous) : null,
                System = attempt.System is { } system ? StorePath.Parse(system) : null,
                Outcome = attempt.Outcome,
                Reason = attempt.Reason,
                FailedUnits = attempt.FailedUnits,
                Rollbacks = attempt.Rollbacks,
                WillRetry = attempt.WillRetry,
                RetryAt = attempt.RetryAt,
                BootId = attempt.BootId,
                RepairsStore = attempt.RepairsStore,
                IsStaged = attempt.IsStaged,
                Update = attempt.Update,
                IsInterrupted = attempt.IsInterrupted,
                Resumes = attempt.Resumes,
                Excuses = attempt.Excuses,
                IsExcused = attempt.IsExcused,
                SuspectSince = attempt.SuspectSince,
                PreviousProfile = attempt.PreviousProfile is { } profile ? StorePath.Parse(profile) : null,
            }
            : null,
        RebootPendingSince = document.RebootPendingSince,
        Reboot = document.Reboot is { } reboot ? new RebootOrder(ReleaseId.Parse(reboot.Release), StorePath.Parse(reboot.System), reboot.BootId) : null,
        Looking = document.Look is { } looking ? new StoreUse(looking.At, looking.BootId) : null,
        SelfUpdate = document.SelfUpdate is { } look
            ? new SelfUpdateLook(look.At, look.Failures) { Problem = look.Problem }
            : null,
    };
}
