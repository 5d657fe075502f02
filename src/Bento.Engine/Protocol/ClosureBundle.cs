namespace Bento.Protocol;

/// <summary>Many small compressed NARs in one file, one behind the other, so that fetching them costs few round trips.</summary>
internal sealed record ClosureBundle
{
    public required ContentHash Hash { get; init; }

    public required long Bytes { get; init; }
}
