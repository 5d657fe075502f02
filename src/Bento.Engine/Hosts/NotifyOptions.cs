namespace Bento.Hosts;

/// <summary>Who is told when hosts need somebody: <c>notify</c> of <c>bento.json</c>.</summary>
public sealed class NotifyOptions
{
    /// <summary>Addresses that get JSON by POST.</summary>
    public IList<WebhookOptions> Webhooks { get; } = [];

    /// <summary>Programs that get JSON on their standard input.</summary>
    public IList<NotifyCommandOptions> Commands { get; } = [];
}
