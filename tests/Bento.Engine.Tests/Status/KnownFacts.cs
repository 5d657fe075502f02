using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>
/// What the server knows, from words: <c>beat</c>, <c>beat:old</c> …; <c>start</c> and outcomes, at the current release or <c>old:</c>.
/// </summary>
internal static class KnownFacts
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Release Old = SomeRelease.Of(sequence: 1) with { ExpectedSystem = SomeRelease.System("old") };
    public static readonly Release New = ReleaseIdentity.WithId(
        SomeRelease.Of(sequence: 2) with { ExpectedSystem = SomeRelease.System("new") });

    public static HostFacts Of(string known)
    {
        var words = known.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var attempts = new List<RecordedAttempt>();
        foreach (var word in words.Where(word => !word.StartsWith("beat", StringComparison.Ordinal)))
        {
            var release = word.StartsWith("old:", StringComparison.Ordinal) ? Old : New;
            var text = word.Replace("old:", string.Empty, StringComparison.Ordinal);
            var last = attempts.Count > 0 && attempts[^1].Number == release.Number ? attempts[^1] : null;
            if (last is { Result: null } && text != "start")
            {
                attempts[^1] = Attempt(text, release, last.Attempt) with { Start = last.Start };
            }
            else
            {
                attempts.Add(Attempt(text, release, (last?.Attempt ?? 0) + 1));
            }
        }

        var record = new HostRecord
        {
            Releases = [new PublishedRelease { Release = New, At = Now - TimeSpan.FromHours(1), By = "me" }, new PublishedRelease
            {
                Release = Old,
                At = Now - TimeSpan.FromDays(1),
                By = "me",
            }],
            Attempts = [.. attempts.OrderByDescending(attempt => (attempt.Number, attempt.Attempt))],
        };
        var beat = words.FirstOrDefault(word => word.StartsWith("beat", StringComparison.Ordinal));
        return beat is null
            ? new HostFacts(New.Host, record, [])
            : new HostFacts(New.Host, record with { Heartbeat = Beat(beat), HeartbeatReceived = Received(beat) }, []);
    }

    public static RecordedAttempt Attempt(string text, Release release, int number)
    {
        var parts = text.Split(',');
        var received = Now - TimeSpan.FromMinutes(50);
        if (parts[0] == "start")
        {
            return new RecordedAttempt(release.Number, number)
            {
                Start = new AttemptStart
                {
                    Release = release.Id,
                    Number = release.Number,
                    Attempt = number,
                    At = Now,
                    Running = null,
                },
                Received = received,
            };
        }

        var runs = parts.FirstOrDefault(part => part.StartsWith("runs:", StringComparison.Ordinal))?[5..];
        var outcome = Enum.Parse<AttemptOutcome>(parts[0]);
        return new RecordedAttempt(release.Number, number)
        {
            Received = received,
            Result = new AttemptResult
            {
                Release = release.Id,
                Number = release.Number,
                Attempt = number,
                At = Now,
                Duration = TimeSpan.FromSeconds(1),
                Outcome = outcome,
                Reason = "Because of a test.",
                WillRetry = parts.Contains("retry"),
                Built = release.ExpectedSystem,
                Running = runs switch
                {
                    "nothing" => null,
                    { } name => SomeRelease.System(name),
                    null => outcome == AttemptOutcome.RebootNeeded ? Old.ExpectedSystem : release.ExpectedSystem,
                },
            },
        };
    }

    public static Heartbeat Beat(string text)
    {
        var parts = text.Split(',');
        var runs = parts[0].Split(':') is [_, var name] ? SomeRelease.System(name) : (StorePath?)null;
        return new Heartbeat
        {
            At = Now,
            Interval = TimeSpan.FromMinutes(parts.Contains("before") ? 60 : 15),
            Agent = "1",
            Running = runs,
            Refusal = parts.Select(part => Enum.TryParse<Refusal>(part, out var refusal) && part != "stale" ? refusal : (Refusal?)null)
                .FirstOrDefault(refusal => refusal is not null),
            Detail = parts.Length > 1 ? "Because of a test." : null,
            RebootPendingSince = parts.Contains("reboot") ? Now : null,
            AreSecretsLocked = parts.Contains("locked"),
            IsStuck = parts.Contains("stuck"),
        };
    }

    private static DateTimeOffset Received(string text) =>
        text.EndsWith(",stale", StringComparison.Ordinal) ? Now - TimeSpan.FromMinutes(46)
        : text.EndsWith(",before", StringComparison.Ordinal) ? Now - TimeSpan.FromMinutes(51)
        : Now - TimeSpan.FromMinutes(1);
}
