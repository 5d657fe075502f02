namespace Bento.Hosts;

/// <summary>An address that gets JSON by POST: an entry of <c>notify.webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>What it is called in messages, and where it is kept what it was told. Unique.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The address, http or https.</summary>
    /// <value>Default: null. Exactly one of this and <see cref="UrlFile"/> is said.</value>
    public string? Url { get; set; }

    /// <summary>A file that holds the address, for one that is a secret. An absolute path.</summary>
    /// <value>Default: null.</value>
    public string? UrlFile { get; set; }

    /// <summary>A file that holds a token, which is sent as <c>Authorization: Bearer</c>. An absolute path.</summary>
    /// <value>Default: null: none is sent.</value>
    public string? TokenFile { get; set; }
}
