using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>A pin as it is written in a release. Its time has a Z, as in <see cref="ProvenanceDocument"/>.</summary>
internal sealed record PinDocument(
    DateTime Since,
    long Epoch,
    long Sequence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null)
{
    public static PinDocument From(ReleasePin pin) => new(
        pin.Since.UtcDateTime,
        pin.To.Epoch,
        pin.To.Sequence,
        pin.Reason is { } why ? FreezeDocument.Line(why, ReleasePin.MaxReasonLength) : null);

    /// <exception cref="FormatException">A number is out of range.</exception>
    public ReleasePin ToPin() => new()
    {
        Since = new DateTimeOffset(Since.ToUniversalTime()),
        To = this is { Epoch: >= 0, Sequence: > 0 }
            ? new ReleaseNumber(Epoch, Sequence)
            : throw new FormatException("The release that a host went back to is out of range."),
        Reason = Reason is { } why ? FreezeDocument.Line(why, ReleasePin.MaxReasonLength) : null,
    };
}
