using System.Globalization;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>How status says things in a sentence.</summary>
internal static class StatusSentences
{
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} seconds"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} minutes"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days"),
    };

    /// <summary>What a host says is a sentence, also where it forgot the full stop.</summary>
    public static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : $"{text}.";

    public static string Of(AgentPause pause)
    {
        var end = pause.Until is { } until ? $" until {until:u}" : string.Empty;
        var reason = pause.Reason is { Length: > 0 } why ? $": {Sentence(why)}" : ".";
        return $"It was paused at {pause.Since:u}{end}{reason}";
    }

    public static string Of(HostFreeze freeze)
    {
        var end = freeze.Until is { } until ? $" until {until:u}" : string.Empty;
        return $"It was frozen at {freeze.Since:u}{end}: {Sentence(freeze.Reason)}";
    }

    public static string Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Succeeded => "succeeded",
        AttemptOutcome.Degraded => "degraded",
        AttemptOutcome.RebootNeeded => "reboot needed",
        AttemptOutcome.FetchFailed => "fetch failed",
        AttemptOutcome.BuildFailed => "build failed",
        AttemptOutcome.Mismatch => "mismatch",
        AttemptOutcome.ActivationFailed => "activation failed",
        AttemptOutcome.Unconfirmed => "unconfirmed",
        AttemptOutcome.RolledBack => "rolled back",
        AttemptOutcome.NeedsHuman => "needs a human",
        _ => "auto updated",
    };

    public static string Of(Refusal refusal) => refusal switch
    {
        Refusal.Malformed => "malformed",
        Refusal.Untrusted => "untrusted",
        Refusal.WrongFleet => "wrong fleet",
        Refusal.WrongHost => "wrong host",
        Refusal.Rollback => "rollback",
        Refusal.Fork => "fork",
        Refusal.Jump => "jump",
        Refusal.Stale => "stale",
        Refusal.WrongEpoch => "wrong epoch",
        _ => "needs a newer agent",
    };
}
