using Bento.Hosts;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Notifications;

/// <summary>The channels that the options name.</summary>
internal sealed class ConfiguredChannels : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // A redirect would carry what is told, and who may tell it, somewhere else.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public ConfiguredChannels(IOptions<BentoOptions> options, IProcessRunner processes, TimeProvider clock) => All =
    [
        .. options.Value.Notify.Webhooks.Select(webhook => new WebhookChannel(webhook, _http, clock)),
        .. options.Value.Notify.Commands.Select(command => new CommandChannel(command, processes, clock)),
    ];

    public IReadOnlyList<INotificationChannel> All { get; }

    public void Dispose() => _http.Dispose();
}
