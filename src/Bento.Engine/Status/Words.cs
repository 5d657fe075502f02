using System.Globalization;
using Bento.Agents;

namespace Bento.Status;

/// <summary>How status says things in a sentence.</summary>
internal static class Words
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

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "succeeded",
        Outcome.Degraded => "degraded",
        Outcome.RebootNeeded => "reboot needed",
        Outcome.FetchFailed => "fetch failed",
        Outcome.BuildFailed => "build failed",
        Outcome.Mismatch => "mismatch",
        Outcome.ActivationFailed => "activation failed",
        Outcome.Unconfirmed => "unconfirmed",
        Outcome.RolledBack => "rolled back",
        Outcome.NeedsHuman => "needs a human",
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
