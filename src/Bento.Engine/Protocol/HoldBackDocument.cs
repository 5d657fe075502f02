using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>When a host holds itself back, as it is written in a release.</summary>
internal sealed record HoldBackDocument(
    bool LoggedIn,
    long AtMostSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? LockFiles = null)
{
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(1);

    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    public const int MaxFiles = 32;
    private const int MaxPathLength = 1024;

    /// <summary>Whether it is the absolute path of a file.</summary>
    public static bool IsPath(string? path) =>
        path is { Length: > 1 and <= MaxPathLength } && path[0] == '/' && !path.EndsWith('/') && !path.Any(char.IsControl);

    public static HoldBackDocument From(HoldBack holdBack) => new(
        holdBack.WhileLoggedIn, (long)holdBack.AtMost.TotalSeconds, holdBack.LockFiles is { Count: > 0 } files ? files : null);

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public HoldBack ToHoldBack() => new()
    {
        WhileLoggedIn = LoggedIn,
        AtMost = TimeSpan.FromSeconds(AtMostSeconds) is var limit && limit >= Shortest && limit <= Longest
            ? limit
            : throw new FormatException("How long a host holds itself back is not between 1 minute and 31 days."),
        LockFiles = LockFiles is null or { Count: <= MaxFiles } && (LockFiles ?? []).All(IsPath)
            ? LockFiles ?? []
            : throw new FormatException($"Lock files are at most {MaxFiles} absolute paths."),
    };
}
