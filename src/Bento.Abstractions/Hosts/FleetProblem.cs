namespace Bento.Hosts;

/// <summary>Something wrong with what the operator declared.</summary>
/// <param name="Path">The file or directory, relative to the Bento directory; with a JSON path behind it where that helps: <c>bento.json:
/// $.hosts.h1.tags</c>.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <remarks>Immutable.</remarks>
public sealed record FleetProblem(string Path, string Message)
{
    /// <summary>What a program branches on.</summary>
    /// <value>Default: <see cref="FailureKind.Configuration"/>.</value>
    public FailureKind Kind { get; init; } = FailureKind.Configuration;

    /// <summary>The host that it concerns; null when it concerns a directory whose hosts are not known, or the whole fleet.</summary>
    public HostName? Host { get; init; }

    /// <summary>The setting that it concerns: <c>hosts.h1.tags</c>; null when it concerns something else.</summary>
    public string? Setting { get; init; }

    /// <summary>What to do about it; null where the message says that.</summary>
    public NextStep? NextStep { get; init; }

    /// <summary>The problem as one line.</summary>
    /// <returns><c>path: message</c>, led by the host where there is one, and followed by what to do where that is known.</returns>
    public override string ToString() =>
        $"{(Host is { } host ? $"{host} ({Path})" : Path)}: {Message}{(NextStep is { } next ? $" {next}" : string.Empty)}";
}
