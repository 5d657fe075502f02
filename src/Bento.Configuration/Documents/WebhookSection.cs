namespace Bento.Configuration.Documents;

/// <summary>An address that gets JSON.</summary>
internal sealed class WebhookSection
{
    public string? Name { get; set; }

    public string? Url { get; set; }

    public string? UrlFile { get; set; }

    public string? TokenFile { get; set; }
}
