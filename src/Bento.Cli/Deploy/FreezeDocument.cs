using Bento.Protocol;

namespace Bento.Cli.Deploy;

/// <summary>That a host is frozen, as JSON.</summary>
internal sealed record FreezeDocument(string Reason, DateTimeOffset Since, DateTimeOffset? Until)
{
    public static FreezeDocument? Of(HostFreeze? freeze) => freeze is null ? null : new(freeze.Reason, freeze.Since, freeze.Until);
}
