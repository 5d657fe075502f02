using Bento.Agents.Journal;
using Bento.Agents.Servers;
using Bento.Protocol;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Polling;

/// <summary>Reads the release of this host and decides whether it is taken.</summary>
internal sealed class ReleaseReader(IOptions<AgentOptions> options, TransferDeadline deadline, TimeProvider clock)
{
    private readonly ReleaseVerifier _verifier = new(
        FleetName.Parse(options.Value.Fleet),
        HostName.Parse(options.Value.Host),
        new TrustPolicy(options.Value.Trust),
        options.Value.Trust.Epoch);

    /// <returns>What verifying came to; null when the server has no release.</returns>
    /// <exception cref="TransportException">The server cannot be used.</exception>
    public async Task<Verification?> ReadAsync(IArea area, AgentJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            return await deadline.RunAsync(
                "Reading the release",
                token => area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, token),
                cancellationToken).ConfigureAwait(false) is { } bytes
                ? _verifier.Verify(bytes, journal, clock.GetUtcNow())
                : null;
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return Verification.Refuse(Refusal.Malformed, exception.Message);
        }
    }
}
