using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be said about who is told.</summary>
internal static class NotifyRules
{
    public static IEnumerable<OptionsProblem> Check(NotifyOptions options) =>
    [
        .. options.Webhooks.SelectMany((webhook, index) =>
            Check(webhook).Select(problem => problem.Below($"{nameof(options.Webhooks)}[{index}]"))),
        .. options.Commands.Index().Where(command => command.Item.Command is not [{ Length: > 0 }, ..])
            .Select(command => new OptionsProblem(
                $"{nameof(options.Commands)}[{command.Index}].{nameof(command.Item.Command)}", "Is missing.")),
        .. options.Webhooks.Select(webhook => webhook.Name)
            .Concat(options.Commands.Select(command => command.Name))
            .CountBy(name => name)
            .Where(name => name.Value > 1)
            .Select(name => new OptionsProblem(nameof(options.Webhooks), $"The name '{name.Key}' is there twice.")),
    ];

    private static IEnumerable<OptionsProblem> Check(WebhookOptions webhook) =>
    [
        .. Bounds.AbsolutePath(nameof(webhook.UrlFile), webhook.UrlFile),
        .. Bounds.AbsolutePath(nameof(webhook.TokenFile), webhook.TokenFile),
        .. (webhook.Url is null) == (webhook.UrlFile is null)
            ? [new OptionsProblem(nameof(webhook.Url), "Give either an address or a file that holds it.")]
            : Array.Empty<OptionsProblem>(),
        .. webhook.Url is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? [new OptionsProblem(nameof(webhook.Url), "Is not an http or https address.")]
            : Array.Empty<OptionsProblem>(),
    ];
}
