using Bento.Agents.Closures;
using Bento.Agents.Servers;
using Bento.Building;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>
/// The effects of fetching: content and secrets of a release reach the disk of the host. Verified against the release, so any server may
/// send them.
/// </summary>
internal sealed class FetchSteps(
    IOptions<AgentOptions> options,
    ServerList servers,
    SecretSteps secrets,
    ClosureFetch closures,
    AgentVoice voice,
    TimeProvider clock)
{
    private readonly TimeSpan _timeout = options.Value.TransferTimeout;
    private readonly ContentStore _content = new(
        Path.Join(options.Value.StateDirectory, "trees"), new ContentUnpacker(options.Value.MaxTreeBytes));

    public async Task<AttemptEvent> FetchAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        var fetched = await FetchFromAsync(area, release, cancellationToken).ConfigureAwait(false);
        while (fetched is AttemptEvent.Failed { IsTransient: true } failed && servers.TryPassOver(failed.Reason))
        {
            fetched = await FetchFromNextAsync(release, cancellationToken).ConfigureAwait(false);
        }

        return fetched;
    }

    private async Task<AttemptEvent> FetchFromNextAsync(Release release, CancellationToken cancellationToken)
    {
        try
        {
            var session = await servers.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await FetchFromAsync(session.OpenArea(release.Host), release, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
    }

    private async Task<AttemptEvent> FetchFromAsync(IArea area, Release release, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_timeout, clock, cancellationToken);
        try
        {
            if (await secrets.FetchAsync(area, release, deadline.Token).ConfigureAwait(false) is { } failed)
            {
                return failed;
            }

            if (release.Closure is not null)
            {
                // By its own deadline: a large closure takes its time.
                await closures.FetchAsync(
                    area, release, (bytes, of) => voice.Fetches(release.Number, bytes, of), cancellationToken).ConfigureAwait(false);
            }
            else if (_content.Find(release.Content) is null)
            {
                await _content.FetchAsync(area, release.Content, deadline.Token).ConfigureAwait(false);
            }

            return new AttemptEvent.Fetched();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, $"The content did not arrive within {_timeout}.", IsTransient: true);
        }
        catch (ContentException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (TransportException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (NixException exception)
        {
            return new AttemptEvent.Failed(AttemptOutcome.FetchFailed, exception.Message, exception.IsTransient);
        }
        catch (IOException exception)
        {
            return new AttemptEvent.Failed(
                AttemptOutcome.FetchFailed, $"The content could not be stored: {exception.Message}", IsTransient: true);
        }
    }
}
