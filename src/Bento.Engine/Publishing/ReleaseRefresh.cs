using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Moves the times of a release that stays as it is: it keeps its number and its id, and costs the host no attempt.</summary>
internal sealed class ReleaseRefresh(ReleaseSealer seal, [Guarded] IStatusStore store, ReleaseNumbering numbering, ReleaseCommit commit)
{
    /// <returns>
    /// The release; null when the area does not hold what this publisher published last: what somebody else put there is never signed.
    /// </returns>
    /// <exception cref="TransportException">The area cannot be used.</exception>
    /// <exception cref="SigningException">The release could not be signed, and nothing was written.</exception>
    /// <exception cref="UnreadableReleaseException">No agent could read it, and nothing was written.</exception>
    public async Task<Release?> RefreshAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        if (await PrepareAsync(area, host, cancellationToken).ConfigureAwait(false) is not { } refreshed)
        {
            return null;
        }

        var sealedRelease = await seal.SealAsync(refreshed, cancellationToken).ConfigureAwait(false);
        await commit.ReplaceAsync(area, refreshed, sealedRelease, cancellationToken).ConfigureAwait(false);
        return refreshed;
    }

    /// <summary>The current release with later times, for somebody to sign. Touches nothing.</summary>
    /// <returns>The release; null when the area does not hold what this publisher published last.</returns>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<Release?> PrepareAsync(IArea area, HostName host, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        var current = await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false);
        if (record.Releases is not [{ Release: var last }, ..] || current?.Id != last.Id)
        {
            return null;
        }

        var issued = numbering.NotBefore(last);
        return last with { Issued = issued, Expires = issued + numbering.Lifetime };
    }

    /// <summary>Why the release of an area is not refreshed, and what to do.</summary>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<Objection> ExplainAsync(IArea area, HostName host, CancellationToken cancellationToken) =>
        await seal.FindStrangersAsync(
            await OfferedRelease.ReadAsync(area, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false) is { } strangers
            ? new Objection(
                $"The release in its area is signed by {strangers}, and by too few of signing.keys; what others signed is not signed "
                    + "again.",
                Deploy(
                    host,
                    "When you took the key out before the host knew another one, put it back into signing.keys, and take it out when the "
                        + "host is up to date: else it refuses everything that is published. When the host trusts one of signing.keys, "
                        + "deploy."))
            {
                Kind = FailureKind.Signing,
            }
            : new Objection(
                "Its area does not hold the release that was published last from here, and nothing else is signed.",
                Deploy(host, "Deploy it."))
            {
                Kind = FailureKind.Damaged,
            };

    /// <summary>Whether less than half of the life of a release is left.</summary>
    public bool IsAging(Release release) => numbering.IsAging(release);

    private static NextStep Deploy(HostName host, string text) => new(text) { Verb = NextStepVerb.Deploy, Host = host };
}
