using Bento.Processes;
using Bento.Protocol;

namespace Bento.Agents.Attempts;

/// <summary>Health checks by programs, addresses and units, each ended at its time limit.</summary>
internal sealed class HealthChecker(IProcessRunner processes, TimeProvider clock) : IHealthChecker, IDisposable
{
    /// <summary>A check that is stopped has nothing to lose.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<string?> CheckAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(check.Timeout, clock, cancellationToken);
        try
        {
            return check switch
            {
                HealthCheck.Command command =>
                    await RunAsync(command.Arguments[0], [.. command.Arguments.Skip(1)], limit.Token).ConfigureAwait(false),
                HealthCheck.Unit unit =>
                    await RunAsync("systemctl", ["is-active", "--quiet", "--", unit.Name], limit.Token).ConfigureAwait(false) is null
                        ? null
                        : $"The unit {unit.Name} is not active.",
                HealthCheck.Http http => await GetAsync(http.Address, limit.Token).ConfigureAwait(false),
                _ => "This agent does not know this kind of check.",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"A health check took longer than {check.Timeout.TotalSeconds:0} seconds.";
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await processes.RunAsync(
                new ProcessCommand(program, arguments) { GracePeriod = Grace }, cancellationToken).ConfigureAwait(false);
            return outcome.IsSuccess ? null : $"The check '{program}' ended with {outcome.ExitCode}.";
        }
        catch (ProcessStartException exception)
        {
            return exception.Message;
        }
    }

    private async Task<string?> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response =
                await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"{address} answers {(int)response.StatusCode}.";
        }
        catch (HttpRequestException exception)
        {
            // The outer exception of a failed TLS handshake only says to look at the inner one.
            return $"{address} does not answer: {exception.GetBaseException().Message}";
        }
    }
}
