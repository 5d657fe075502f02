namespace Bento.Protocol;

/// <summary>When a host holds a switch or a reboot back by itself, because somebody or something works on it.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HoldBack
{
    /// <summary>Whether it waits while somebody is logged in: on a seat or over SSH, as systemd-logind knows it.</summary>
    /// <value>Default: false.</value>
    public bool WhileLoggedIn { get; init; }

    /// <summary>
    /// Absolute paths of files: it waits while a process has one of them locked (flock, lockf, fcntl), or while one contains nothing but
    /// the number of a process that runs.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> LockFiles { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>How long it waits at most; after that it goes on all the same, in the next window.</summary>
    /// <value>Default: one day.</value>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromDays(1);
}
