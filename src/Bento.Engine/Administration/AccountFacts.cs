namespace Bento.Administration;

/// <summary>What a server has for a host already.</summary>
/// <param name="AreasDirectory">The directory that holds the areas.</param>
internal sealed record AccountFacts(string AreasDirectory)
{
    public bool HasGroup { get; init; }

    public bool HasUser { get; init; }

    /// <summary>Whether the user is in the group of the hosts.</summary>
    public bool IsHost { get; init; }

    /// <summary>Why the user cannot be that of a host; null when it can.</summary>
    public Objection? Objection { get; init; }

    /// <summary>Whether something runs as the user: a session that is open outlives the key that opened it.</summary>
    public bool HasSessions { get; init; }

    /// <summary>What sshd finds when it looks for the keys of the host; null for no file.</summary>
    public string? Keys { get; init; }

    public bool HasArea { get; init; }

    /// <summary>What lies in the directory of the area and in no area: somebody else's.</summary>
    public IReadOnlyList<string> Foreign { get; init; } = [];

    /// <summary>What sshd was told about hosts; null for nothing.</summary>
    public string? Sshd { get; init; }

    /// <summary>The unit of systemd that sshd runs as; null when it does not.</summary>
    public string? SshdUnit { get; init; }
}
