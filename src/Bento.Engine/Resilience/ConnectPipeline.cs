using Bento.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Bento.Resilience;

/// <summary>How connecting is tried again, unless an embedder brings a pipeline of its own.</summary>
internal static partial class ConnectPipeline
{
    public static ResiliencePipeline Create(RetryOptions options, TimeProvider clock, ILogger logger) => options.MaxRetries == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<BentoException>(exception => exception.IsTransient),
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.Pause,
                MaxDelay = options.MaxPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = arguments =>
                {
                    Instruments.ConnectRetries.Add(1);
                    Log.Retrying(logger, arguments.AttemptNumber + 2, arguments.RetryDelay, arguments.Outcome.Exception?.Message);
                    return default;
                },
            })
            .Build();

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.ConnectRetry,
            LogLevel.Warning,
            "Connecting failed, try {Try} follows in {Pause}: {Reason}",
            EventName = nameof(EventIds.ConnectRetry))]
        public static partial void Retrying(ILogger logger, int @try, TimeSpan pause, string? reason);
    }
}
