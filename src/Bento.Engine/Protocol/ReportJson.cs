using System.Text.Json;
using Bento.Processes;

namespace Bento.Protocol;

/// <summary>
/// Reports as JSON (docs/protocol.md, "Reports"). What is read was written by a machine that may be hostile: every value is held to its
/// grammar, text to one clean line.
/// </summary>
internal static class ReportJson
{
    /// <summary>The largest report that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int Schema = 1;
    private const int MaxTextLength = 2000;

    /// <summary>A year. A clock without a battery that is set during an attempt makes decades of it.</summary>
    private const double MaxSeconds = 31_536_000;
    private const int MaxUnits = 100;

    public static byte[] Write(AttemptStart start) => JsonSerializer.SerializeToUtf8Bytes(
        new AttemptStartDocument(
            Schema,
            start.Release.ToString(),
            start.Number.Epoch,
            start.Number.Sequence,
            start.Attempt,
            start.At,
            start.Running?.ToString()),
        ReportJsonContext.Default.AttemptStartDocument);

    public static byte[] Write(AttemptResult result) => JsonSerializer.SerializeToUtf8Bytes(
        new AttemptResultDocument(
            Schema,
            result.Release.ToString(),
            result.Number.Epoch,
            result.Number.Sequence,
            result.Attempt,
            result.At,
            double.Min(result.Duration.TotalSeconds, MaxSeconds),
            result.Outcome,
            OneLine(result.Reason),
            result.WillRetry,
            result.Built?.ToString(),
            result.Running?.ToString(),
            result.FailedUnits,
            result.RebootPendingSince),
        ReportJsonContext.Default.AttemptResultDocument);

    public static byte[] Write(Heartbeat beat) => JsonSerializer.SerializeToUtf8Bytes(
        new HeartbeatDocument(
            Schema,
            beat.At,
            beat.Interval.TotalSeconds,
            beat.Agent,
            beat.Running?.ToString(),
            beat.Booted?.ToString(),
            beat.Release?.ToString(),
            beat.Refusal,
            beat.Detail is { } detail ? OneLine(detail) : null,
            beat.RebootPendingSince,
            beat.IsBootedOld,
            beat.Pause is { } pause ? new PauseDocument(pause.Since, pause.Reason is { } why ? OneLine(why) : null, pause.Until) : null,
            beat.AreSecretsLocked,
            beat.AcceptedHostKey?.ToString(),
            beat.Trusts is { } trusts ? new HostTrustDocument([.. trusts.Keys.Select(key => key.ToString())], trusts.Threshold) : null,
            beat.IsStuck,
            beat.Rejected.Systems is { Count: > 0 } rejected ? [.. rejected.Select(system => system.ToString())] : null,
            beat.IsHeld),
        ReportJsonContext.Default.HeartbeatDocument);

    /// <exception cref="JsonException">The bytes are not such a report.</exception>
    public static AttemptStart ReadStart(ReadOnlySpan<byte> utf8)
    {
        var document = StrictJson.Read(utf8, ReportJsonContext.Default.AttemptStartDocument);
        return Checked(document.Schema, () => new AttemptStart
        {
            Release = ReleaseId.Parse(document.Release),
            Number = Number(document.Epoch, document.Sequence),
            Attempt = Attempt(document.Attempt),
            At = document.At,
            Running = System(document.Running),
        });
    }

    /// <exception cref="JsonException">The bytes are not such a report.</exception>
    public static AttemptResult ReadResult(ReadOnlySpan<byte> utf8)
    {
        var document = StrictJson.Read(utf8, ReportJsonContext.Default.AttemptResultDocument);
        return Checked(document.Schema, () => new AttemptResult
        {
            Release = ReleaseId.Parse(document.Release),
            Number = Number(document.Epoch, document.Sequence),
            Attempt = Attempt(document.Attempt),
            At = document.At,
            Duration = Seconds(document.DurationSeconds),
            Outcome = document.Outcome,
            Reason = OneLine(document.Reason),
            WillRetry = document.WillRetry,
            Built = System(document.Built),
            Running = System(document.Running),
            FailedUnits =
            [
                .. document.FailedUnits.Take(MaxUnits).Select(unit => OneLine(unit ?? throw new FormatException("A unit is null."))),
            ],
            RebootPendingSince = document.RebootPendingSince,
        });
    }

    /// <exception cref="JsonException">The bytes are not such a report.</exception>
    public static Heartbeat ReadHeartbeat(ReadOnlySpan<byte> utf8)
    {
        var document = StrictJson.Read(utf8, ReportJsonContext.Default.HeartbeatDocument);
        return Checked(document.Schema, () => new Heartbeat
        {
            At = document.At,
            Interval = Seconds(document.IntervalSeconds),
            Agent = OneLine(document.Agent),
            Running = System(document.Running),
            Booted = System(document.Booted),
            Release = document.Release is { } id ? ReleaseId.Parse(id) : null,
            Refusal = document.Refusal,
            Detail = document.Detail is { } detail ? OneLine(detail) : null,
            AcceptedHostKey = document.AcceptedHostKey is { } key ? KeyFingerprint.Parse(key) : null,
            RebootPendingSince = document.RebootPendingSince,
            IsBootedOld = document.BootedOld,
            AreSecretsLocked = document.SecretsLocked,
            IsStuck = document.Stuck,
            IsHeld = document.Held,
            Pause = document.Pause is { } pause
                ? new AgentPause { Since = pause.Since, Reason = pause.Reason is { } why ? OneLine(why) : null, Until = pause.Until }
                : null,
            Trusts = document.Trusts is { } trusts ? Trust(trusts) : null,
            Rejected = document.Rejected is { } rejected ? Rejections(rejected) : RejectedSystems.None,
        });
    }

    private static T Checked<T>(int schema, Func<T> read)
    {
        try
        {
            return schema == Schema ? read() : throw new JsonException($"It has schema {schema}; this program reads schema {Schema}.");
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    private static ReleaseNumber Number(long epoch, long sequence) =>
        epoch >= 0 && sequence > 0 ? new ReleaseNumber(epoch, sequence) : throw new FormatException("Epoch or sequence is out of range.");

    private static int Attempt(int attempt) => attempt > 0 ? attempt : throw new FormatException("The attempt is out of range.");

    private static TimeSpan Seconds(double seconds) => seconds is >= 0 and <= MaxSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new FormatException("A number of seconds is out of range.");

    private static HostTrust Trust(HostTrustDocument trusts) =>
        trusts.Threshold is >= 0 and <= HostTrust.MaxKeys && trusts.Keys.Count <= HostTrust.MaxKeys
            ? new HostTrust(
                [.. trusts.Keys.Select(key => KeyFingerprint.Parse(key ?? throw new FormatException("A key is null.")))], trusts.Threshold)
            : throw new FormatException("There are too many trusted keys, or the threshold is out of range.");

    private static RejectedSystems Rejections(IReadOnlyList<string> systems) =>
        new([.. systems.Take(RejectedSystems.MaxSystems)
            .Select(system => System(system) ?? throw new FormatException("A system is null."))]);

    private static StorePath? System(string? path) => path is null ? null : StorePath.Parse(path);

    private static string OneLine(string text)
    {
        var line = PlainText.OfLine(text.Replace('\n', ' '));
        return line.Length > MaxTextLength ? line[..MaxTextLength] : line;
    }
}
