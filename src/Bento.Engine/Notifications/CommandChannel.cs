using Bento.Hosts;
using Bento.Processes;

namespace Bento.Notifications;

/// <summary>Runs a program that reads JSON from its standard input.</summary>
internal sealed class CommandChannel(NotifyCommandOptions options, IProcessRunner processes, TimeProvider clock) : INotificationChannel
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private const int MaxComplaint = 200;

    public string Name => options.Name;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(Limit, clock, cancellationToken);
        try
        {
            var outcome = await processes.RunAsync(
                new ProcessCommand(options.Command[0], [.. options.Command.Skip(1)]) { Input = NotificationJson.Write(notification) },
                limit.Token).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                var complaint = PlainText.OfLine(outcome.Error.Trim().Split('\n')[^1]);
                throw new NotificationException($"'{options.Command[0]}' ended with {outcome.ExitCode}"
                    + $"{(complaint.Length == 0 ? "." : $": {complaint[..int.Min(complaint.Length, MaxComplaint)]}")}");
            }
        }
        catch (ProcessStartException exception)
        {
            throw new NotificationException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (limit.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new NotificationException(
                $"'{options.Command[0]}' did not end within {Limit.TotalSeconds:0} seconds and was stopped.", exception);
        }
    }
}
