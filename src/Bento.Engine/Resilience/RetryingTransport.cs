using Bento.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Bento.Resilience;

/// <summary>Tries again to connect when the failure may pass: a fleet that polls at once loses logins to a healthy sshd.</summary>
internal sealed partial class RetryingTransport : ITransport
{
    private readonly ITransport _inner;
    private readonly ResiliencePipeline _pipeline;

    public RetryingTransport(ITransport inner, IOptions<RetryOptions> options, TimeProvider clock, ILogger<RetryingTransport> logger)
    {
        _inner = inner;
        _pipeline = options.Value.MaxRetries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = clock }
                .AddRetry(new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<BentoException>(exception => exception.IsTransient),
                    MaxRetryAttempts = options.Value.MaxRetries,
                    Delay = options.Value.Pause,
                    MaxDelay = options.Value.MaxPause,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    OnRetry = arguments =>
                    {
                        Log.Retrying(logger, arguments.AttemptNumber + 2, arguments.RetryDelay, arguments.Outcome.Exception?.Message);
                        return default;
                    },
                })
                .Build();
    }

    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await _inner.ConnectAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static partial class Log
    {
        [LoggerMessage(EventIds.ConnectRetry, LogLevel.Warning, "Connecting failed, try {Try} follows in {Pause}: {Reason}", EventName = nameof(Retrying))]
        public static partial void Retrying(ILogger logger, int @try, TimeSpan pause, string? reason);
    }
}
