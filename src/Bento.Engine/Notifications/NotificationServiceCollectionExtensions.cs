using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Notifications;

/// <summary>Adds what tells people about hosts.</summary>
internal static class NotificationServiceCollectionExtensions
{
    /// <summary>Adds <see cref="INotifier"/>, with the channels that the options name beside those that are registered.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.TryAddSingleton<ToldFile>();
        services.TryAddSingleton<ConfiguredChannels>();
        services.TryAddSingleton<INotifier, Notifier>();
        return services;
    }
}
