using Bento.Protocol;

namespace Bento.Cli.Deploy;

/// <summary>That a host keeps what it was given back, as JSON.</summary>
internal sealed record PinDocument(DateTimeOffset Since, string Release, string? Reason)
{
    public static PinDocument? Of(ReleasePin? pin) => pin is null ? null : new(pin.Since, pin.To.ToString(), pin.Reason);
}
