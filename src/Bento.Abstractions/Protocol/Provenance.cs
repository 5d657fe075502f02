namespace Bento.Protocol;

/// <summary>Where the configuration of a release comes from: what git said about its directory when it was evaluated.</summary>
/// <remarks>Immutable. Texts are single lines free of control characters.</remarks>
public sealed record Provenance
{
    private const int ShortLength = 12;

    /// <summary>The commit that last changed the configuration: 40 or 64 hexadecimal digits.</summary>
    public required string Commit { get; init; }

    /// <summary>When that commit was made.</summary>
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>The branch that was checked out; null when none was.</summary>
    public string? Branch { get; init; }

    /// <summary>A tag of the commit; null when it has none.</summary>
    public string? Tag { get; init; }

    /// <summary>The first line of the commit's message, shortened when it is long.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>Whether something is shipped that is not in the commit, or is not shipped and is.</summary>
    public bool IsDirty { get; init; }

    /// <summary>The commit as people write it, with branch, tag and subject: one line.</summary>
    /// <returns>Such as <c>1a2b3c4d5e6f (main, v1.0, dirty) Close the firewall</c>.</returns>
    public override string ToString()
    {
        var names = string.Join(", ", new[] { Branch, Tag, IsDirty ? "dirty" : null }.Where(name => name is not null));
        return $"{Commit[..int.Min(ShortLength, Commit.Length)]}{(names.Length > 0 ? $" ({names})" : null)} {Subject}".TrimEnd();
    }
}
