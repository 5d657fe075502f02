using Bento.Agents;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bento.Hosting;

/// <summary>Runs the agent of a host for as long as the application runs, and begins anew when it ends.</summary>
internal sealed partial class AgentService(
    IAgent agent, TimeProvider clock, IEnumerable<IProgress<AgentEvent>> observers, ILogger<AgentService>? logger = null)
        : BackgroundService, IProgress<AgentEvent>
{
    /// <summary>How soon it is tried again where another agent works on the host, or this one could not work at all.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger ?? NullLogger<AgentService>.Instance;
    private volatile AgentResult? _last;
    private volatile string? _problem;

    /// <summary>What the agent last had to say; null before that.</summary>
    public AgentResult? Last => _last;

    /// <summary>Why the agent does not work, as one sentence; null when it does.</summary>
    public string? Problem => _problem;

    public void Report(AgentEvent value)
    {
        if (value is AgentEvent.Polled { Result: var result })
        {
            (_last, _problem) = (result, null);
            Log.Said(_logger, result.Conclusion, result.Reason);
        }

        observers.Tell(value);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var result = await agent.RunAsync(this, stoppingToken).ConfigureAwait(false);
                _last = result;
                if (_problem != result.Reason)
                {
                    Log.Busy(_logger, Pause, result.Reason);
                }

                _problem = result.Reason;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the application of somebody else does not end for it.
                if (_problem != exception.Message)
                {
                    Log.Failed(_logger, Pause, exception.Message, Unexpected.Of(exception));
                }

                _problem = exception.Message;
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            HostingEventIds.AgentFailed,
            LogLevel.Error,
            "The agent cannot work on this host, it is tried again in {Pause}: {Reason}",
            EventName = nameof(HostingEventIds.AgentFailed))]
        public static partial void Failed(ILogger logger, TimeSpan pause, string reason, Exception? exception);

        [LoggerMessage(
            HostingEventIds.AgentBusy,
            LogLevel.Warning,
            "The agent does not run, it is tried again in {Pause}: {Reason}",
            EventName = nameof(HostingEventIds.AgentBusy))]
        public static partial void Busy(ILogger logger, TimeSpan pause, string reason);

        [LoggerMessage(
            HostingEventIds.AgentSaid, LogLevel.Information, "{Conclusion}: {Reason}", EventName = nameof(HostingEventIds.AgentSaid))]
        public static partial void Said(ILogger logger, AgentConclusion conclusion, string reason);
    }
}
