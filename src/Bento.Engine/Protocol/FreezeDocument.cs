using Bento.Processes;

namespace Bento.Protocol;

/// <summary>A freeze as it is written in a release. Its times have a Z, as in <see cref="ProvenanceDocument"/>.</summary>
internal sealed record FreezeDocument(string Reason, DateTime Since, DateTime? Until)
{
    public static FreezeDocument From(HostFreeze freeze) =>
        new(Line(freeze.Reason, HostFreeze.MaxReasonLength), freeze.Since.UtcDateTime, freeze.Until?.UtcDateTime);

    public HostFreeze ToFreeze() => new()
    {
        Reason = Line(Reason, HostFreeze.MaxReasonLength),
        Since = new DateTimeOffset(Since.ToUniversalTime()),
        Until = Until is { } until ? new DateTimeOffset(until.ToUniversalTime()) : null,
    };

    /// <summary>What somebody gave as a reason, as one short line.</summary>
    public static string Line(string text, int length)
    {
        var line = PlainText.OfLine(text.Replace('\n', ' ')).Trim();
        var kept = line.Length > length && char.IsHighSurrogate(line[length - 1]) ? length - 1 : length;
        return line.Length <= length ? line : line[..kept];
    }
}
