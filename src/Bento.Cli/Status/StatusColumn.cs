using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>A column of the table of hosts.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Cell">What it says of a host at a time, in so many columns of the terminal where it can be shortened.</param>
internal sealed record StatusColumn(string Title, Func<HostStatus, DateTimeOffset, int, string> Cell)
{
    /// <summary>How wide it would like to be.</summary>
    public int Width { get; init; }

    /// <summary>How narrow it may become; its width where its text is never cut.</summary>
    public int Least { get; init; }

    /// <summary>What goes first when there is no room, the highest; 0 for what always stays.</summary>
    public int Rank { get; init; }
}
