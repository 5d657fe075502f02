using Bento.Transport;

namespace Bento.Agents.Polling;

/// <summary>
/// Whether <c>release.json</c> must be read again, from nothing but looking at it. Pure; times are those of a clock that only goes forward.
/// </summary>
/// <remarks>
/// SFTP tells times in whole seconds: a file that was replaced twice within one may look the same. So what was read within two seconds of
/// the first look is read once more at the next poll, and everything at least once an hour.
/// </remarks>
internal sealed record ReleaseWatch
{
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private AreaEntry? Entry { get; init; }

    private TimeSpan SeenAt { get; init; }

    private TimeSpan? ReadAt { get; init; }

    public static ReleaseWatch Blind { get; } = new();

    /// <summary>What is known after another look.</summary>
    public ReleaseWatch Saw(AreaEntry? entry, TimeSpan now) =>
        ReadAt is not null && entry == Entry ? this : new ReleaseWatch { Entry = entry, SeenAt = now };

    public bool MustRead(TimeSpan now) => ReadAt is not { } at || at - SeenAt <= Grain || now - at >= Longest;

    /// <summary>What is known after the file was read.</summary>
    public ReleaseWatch HasRead(TimeSpan now) => this with { ReadAt = now };
}
