using System.Globalization;
using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>The record of every host, and what it says about time: the clock of this machine, and releases that expire soon.</summary>
internal sealed class RecordExamination([Guarded] IStatusStore store, IOptions<BentoOptions> options, TimeProvider clock) : IExamination
{
    /// <summary>The part of its life that a release should still have; a deploy refreshes at the half.</summary>
    private const double LeastLifetime = 0.25;

    public string Subject => "records";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var host in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await LookAsync(host, cancellationToken).ConfigureAwait(false) is { } finding)
            {
                yield return finding;
            }
        }
    }

    private async Task<Finding?> LookAsync(HostName host, CancellationToken cancellationToken)
    {
        try
        {
            var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
            return record.Releases is [{ Release: var release }, ..] ? Judge(release) : null;
        }
        catch (StatusStoreException exception)
        {
            return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = exception.Message,
                Host = host,
                NextStep = exception.NextStep,
            };
        }
    }

    private static NextStep Refresh(string text, HostName host) => new(text) { Verb = NextStepVerb.Refresh, Host = host };

    private Finding? Judge(Release release)
    {
        var now = clock.GetUtcNow();
        if (release.Issued > now)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"Release {release.Number} was issued at {release.Issued:u}, and the clock of this machine says {now:u}: "
                    + $"it is wrong, or was.");
            return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = message,
                Host = release.Host,
                NextStep = "Check it with: timedatectl",
            };
        }

        return release.Expires <= now
            ? new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = string.Create(
                    CultureInfo.InvariantCulture, $"Release {release.Number} expired at {release.Expires:u}: no host takes it any more."),
                Host = release.Host,
                NextStep = Refresh("Refresh it.", release.Host),
            }
            : release.Expires - now < options.Value.ReleaseLifetime * LeastLifetime
                ? new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Warning,
                    Message = string.Create(CultureInfo.InvariantCulture, $"Release {release.Number} expires at {release.Expires:u}."),
                    Host = release.Host,
                    NextStep = Refresh("Refresh releases by a timer, or this one now.", release.Host),
                }
                : null;
    }
}
