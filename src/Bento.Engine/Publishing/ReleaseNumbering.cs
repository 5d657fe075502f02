using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Publishing;

/// <summary>Which number and which time the next release of a host gets.</summary>
internal sealed class ReleaseNumbering(IOptions<BentoOptions> options, TimeProvider clock)
{
    private readonly long _epoch = options.Value.Epoch;

    /// <summary>How long a release lives.</summary>
    public TimeSpan Lifetime { get; } = options.Value.ReleaseLifetime;

    /// <summary>The newest release of a host that is known: recorded, or in its area and signed by this publisher.</summary>
    public static Release? Last(HostRecord record, Release? current) =>
        record.Releases.Select(published => published.Release).Append(current).OfType<Release>().MaxBy(release => release.Number);

    /// <exception cref="SigningException">There is no next number in this epoch.</exception>
    public ReleaseNumber Next(HostName host, HostRecord record, Release? current)
    {
        ReleaseNumber? recorded = record.Releases.Count > 0 ? record.Releases.Max(published => published.Release.Number) : null;
        return ReleaseSequence.Next(_epoch, recorded, current?.Number) ?? throw new SigningException(
            $"The releases of '{host}' have no next number in epoch {_epoch}: recorded is {recorded?.ToString() ?? "none"}, and its area "
                + $"holds {current?.Number.ToString() ?? "none"}.")
        {
            Host = host,
            NextStep =
                "If you did not publish that, somebody else has your signing key: replace it first. Then begin a new epoch: a higher "
                    + "'epoch' in the settings of the fleet, and the same in trust.epoch of every host, by hand (docs/trust.md).",
        };
    }

    /// <summary>When the next release is issued. A clock that went back does not take the time of a release with it.</summary>
    public DateTimeOffset NotBefore(Release? last)
    {
        var now = clock.GetUtcNow();
        return last is not null && IsKept(last.Issued, now) ? last.Issued : now;
    }

    /// <summary>Whether a release was issued before another one, and the time of that one is believed.</summary>
    public bool IsOlder(Release release, Release last) =>
        release.Issued < last.Issued && clock.GetUtcNow() is var now && (last.Issued <= now || IsKept(last.Issued, now));

    /// <summary>Whether less than half of the life of a release is left.</summary>
    public bool IsAging(Release release) => release.Expires - clock.GetUtcNow() < Lifetime / 2;

    /// <summary>
    /// Whether a time is that of a clock which was ahead. One that is further ahead than any release lives was put there by somebody who
    /// had a key: kept, it would make every later release live as long.
    /// </summary>
    private static bool IsKept(DateTimeOffset issued, DateTimeOffset now) =>
        issued > now && issued - now <= BentoOptionsRules.LongestLifetime;
}
