namespace Bento.Configuration.Documents;

/// <summary>Who is told when hosts need somebody.</summary>
internal sealed class NotifySection
{
    public List<WebhookSection> Webhooks { get; set; } = [];

    public List<NotifyCommandSection> Commands { get; set; } = [];
}
