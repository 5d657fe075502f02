using System.Text.Json;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>The journal as JSON.</summary>
internal static class JournalJson
{
    private const int Schema = 1;

    public static byte[] Write(AgentJournal journal) =>
        SelfDigest.Seal(JsonSerializer.SerializeToUtf8Bytes(ToDocument(journal), JournalJsonContext.Default.JournalDocument));

    /// <exception cref="JsonException">The bytes are not a journal of this schema, or were damaged.</exception>
    public static AgentJournal Read(ReadOnlySpan<byte> utf8)
    {
        SelfDigest.Check(utf8);
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

    private static JournalDocument ToDocument(AgentJournal journal) => new()
    {
        Schema = Schema,
        Epoch = journal.Floor.Epoch,
        Sequence = journal.Floor.Sequence,
        Release = journal.FloorId?.ToString(),
        Attempt = journal.Attempt is { } attempt ? ToPart(attempt) : null,
        RebootPendingSince = journal.RebootPendingSince,
        Reboot = journal.Reboot is { } reboot
            ? new JournalDocument.RebootPart(reboot.Release.ToString(), reboot.System.ToString(), reboot.BootId)
            : null,
        SelfUpdate = journal.SelfUpdate is { } look ? new JournalDocument.SelfUpdatePart(look.At, look.Failures, look.Problem) : null,
        Freeze = journal.Freeze is { } freeze ? FreezeDocument.From(freeze) : null,
        Look = journal.Looking is { } looking ? new JournalDocument.LookPart(looking.At, looking.BootId) : null,
    };

    private static JournalDocument.AttemptPart ToPart(JournalAttempt attempt) => new()
    {
        Payload = PayloadJson.Write(attempt.Release),
        Attempt = attempt.Attempt,
        StartedAt = attempt.StartedAt,
        Phase = attempt.Phase,
        Previous = attempt.Previous?.ToString(),
        System = attempt.System?.ToString(),
        Outcome = attempt.Outcome,
        Reason = attempt.Reason,
        FailedUnits = attempt.FailedUnits,
        Rollbacks = attempt.Rollbacks,
        WillRetry = attempt.WillRetry,
        RetryAt = attempt.RetryAt,
        BootId = attempt.BootId,
        RepairsStore = attempt.RepairsStore,
        IsStaged = attempt.IsStaged,
        IsHeld = attempt.IsHeld,
        HeldUntil = attempt.HeldUntil,
        HeldBackSince = attempt.HeldBackSince,
        Update = attempt.Update,
        IsInterrupted = attempt.IsInterrupted,
        Resumes = attempt.Resumes,
        Excuses = attempt.Excuses,
        IsExcused = attempt.IsExcused,
        PreviousProfile = attempt.PreviousProfile?.ToString(),
        SuspectSince = attempt.SuspectSince,
        RejectedSystems = [.. attempt.Rejected.Systems.Select(system => system.ToString())],
    };

    private static AgentJournal FromDocument(JournalDocument document) => new()
    {
        Floor = new ReleaseNumber(document.Epoch, document.Sequence),
        FloorId = document.Release is { } id ? ReleaseId.Parse(id) : null,
        Attempt = document.Attempt is { } attempt ? FromPart(attempt) : null,
        RebootPendingSince = document.RebootPendingSince,
        Reboot = document.Reboot is { } reboot
            ? new RebootOrder(ReleaseId.Parse(reboot.Release), StorePath.Parse(reboot.System), reboot.BootId)
            : null,
        Freeze = document.Freeze?.ToFreeze(),
        Looking = document.Look is { } looking ? new StoreUse(looking.At, looking.BootId) : null,
        SelfUpdate = document.SelfUpdate is { } look
            ? new SelfUpdateLook(look.At, look.Failures) { Problem = look.Problem }
            : null,
    };

    private static JournalAttempt FromPart(JournalDocument.AttemptPart part) =>
        new(PayloadJson.Read(part.Payload), part.Attempt, part.StartedAt, part.Phase)
        {
            Previous = System(part.Previous),
            System = System(part.System),
            Outcome = part.Outcome,
            Reason = part.Reason,
            FailedUnits = part.FailedUnits,
            Rollbacks = part.Rollbacks,
            WillRetry = part.WillRetry,
            RetryAt = part.RetryAt,
            BootId = part.BootId,
            RepairsStore = part.RepairsStore,
            IsStaged = part.IsStaged,
            IsHeld = part.IsHeld,
            HeldUntil = part.HeldUntil,
            HeldBackSince = part.HeldBackSince,
            Update = part.Update,
            IsInterrupted = part.IsInterrupted,
            Resumes = part.Resumes,
            Excuses = part.Excuses,
            IsExcused = part.IsExcused,
            SuspectSince = part.SuspectSince,
            Rejected = new RejectedSystems([.. (part.RejectedSystems ?? []).Select(
                path => System(path) ?? throw new JsonException("A system is null."))]),
            PreviousProfile = System(part.PreviousProfile),
        };

    private static StorePath? System(string? path) => path is null ? null : StorePath.Parse(path);
}
