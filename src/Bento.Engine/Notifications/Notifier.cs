using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Status;
using Microsoft.Extensions.Options;

namespace Bento.Notifications;

/// <summary>One look at the fleet, and what changed for each channel.</summary>
internal sealed class Notifier(
    IOptions<BentoOptions> options,
    IFleetStatus fleet,
    ToldFile file,
    ConfiguredChannels configured,
    IEnumerable<INotificationChannel> registered,
    TimeProvider clock) : INotifier, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task<IReadOnlyList<NotificationResult>> TellAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var channels = configured.All.Concat(registered).ToList();
            if (channels.Count == 0)
            {
                return [];
            }

            var statuses = await fleet.ReadAsync(HostSelector.All, cancellationToken).ConfigureAwait(false);
            var told = file.Read();
            var results = new List<NotificationResult>();
            foreach (var channel in channels)
            {
                results.Add(await TellAsync(channel, told, statuses, cancellationToken).ConfigureAwait(false));
            }

            return results;
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Written down after each channel: one that hangs until somebody gives up makes no other be told twice.</summary>
    private async Task<NotificationResult> TellAsync(
        INotificationChannel channel,
        Dictionary<string, Dictionary<HostName, HostState>> told,
        IReadOnlyList<HostStatus> statuses,
        CancellationToken cancellationToken)
    {
        string name;
        try
        {
            name = ForeignPart.Given(channel.Name, "name");
        }
        catch (Exception exception)
        {
            return new NotificationResult(channel.GetType().Name, 0)
            {
                Failure = FailureReading.Of(exception, ForeignPart.Reason(channel, exception)),
            };
        }

        var before = told.GetValueOrDefault(name) ?? [];
        var changes = NotificationRule.Changes(before, statuses);
        if (changes.Count > 0)
        {
            try
            {
                var notification = new Notification
                {
                    Fleet = FleetName.Parse(options.Value.Fleet),
                    At = clock.GetUtcNow(),
                    Changes = changes,
                };
                await channel.SendAsync(notification, cancellationToken).ConfigureAwait(false);
            }
            catch (NotificationException exception)
            {
                return new NotificationResult(name, changes.Count) { Failure = Failure.Of(exception) };
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody else's code: whatever it throws keeps no other channel from being told.
                return new NotificationResult(name, changes.Count)
                {
                    Failure = FailureReading.Of(exception, PlainText.OfLine(exception.Message)),
                };
            }
        }

        var after = NotificationRule.After(before, statuses).ToDictionary();
        if (changes.Count > 0 || after.Count != before.Count)
        {
            told[name] = after;
            file.Write(told);
        }

        return new NotificationResult(name, changes.Count);
    }
}
