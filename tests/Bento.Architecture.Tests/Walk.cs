namespace Bento.Architecture.Tests;

/// <summary>The rooms of one place in the order in which data walks through them: a room uses only rooms before it.</summary>
/// <param name="Place">A project below <c>src/</c>, or a folder of one.</param>
/// <param name="Rooms">Its folders; an empty name stands for the files that lie beside them.</param>
/// <param name="Apart">Pairs that share a direction in the walk and still never meet: the first does not use the second.</param>
/// <remarks>docs/design.md shows these lists, and a test compares the two.</remarks>
public sealed record Walk(string Place, IReadOnlyList<string> Rooms, IReadOnlyList<(string From, string To)> Apart)
{
    /// <summary>What lies directly in a place, beside its rooms.</summary>
    public const string Entrance = "";

    public static IReadOnlyList<Walk> All { get; } =
    [
        new(
            "Bento.Abstractions",
            [
                "Json", Entrance, "Protocol", "Hosts", "Building", "Trust", "Publishing", "Transport", "Agents", "Status", "Rollouts",
                "Notifications", "Diagnostics", "Fleets", "Documents",
            ],
            [("Agents", "Publishing"), ("Agents", "Hosts"), ("Status", "Agents"), ("Status", "Publishing"), ("Rollouts", "Agents")]),
        new(
            "Bento.Engine",
            [
                Entrance, "Validation", "Telemetry", "Files", "Processes", "Protocol", "Repositories", "Hosts", "Building", "Trust",
                "Publishing", "Transport", "Sftp", "Resilience", "Administration", "Agents", "Status", "Rollouts", "Notifications",
                "Diagnostics", "Fleets", "DependencyInjection",
            ],
            [("Agents", "Publishing"), (
                "Agents", "Hosts"), ("Agents", "Sftp"), ("Status", "Agents"), ("Status", "Publishing"), ("Status", "Sftp"),
                ("Rollouts", "Agents"), ("Rollouts", "Sftp")]),
        new(
            "Bento.Engine/Building",
            [Entrance, "Errors", "Programs", "Store", "Closures", "Locks", "Evaluation", "Realisation", "Fleet", "Composition"],
            []),
        new(
            "Bento.Engine/Agents",
            [Entrance, "Machine", "Journal", "Servers", "Secrets", "Closures", "Attempts", "SelfUpdate", "Polling", "Control"],
            []),
        new("Bento.Configuration", ["Json", "Documents", "BashBento", "Reading", "Editing", "Composition"], []),
        new(
            "Bento.Cli",
            [
                "Terminal", "Progress", "Composition", "Options", "Diff", "Status", "History", "Show", "Trust",
                "Notify", "Deploy", "Inputs", "Hosts", "Init", "Doctor", "Agent", "Server", "Store", "Help", Entrance,
            ],
            []),
    ];

    public override string ToString() => Place;

    /// <summary>Why an arrow may not be; null for one that goes with the walk.</summary>
    internal string? Refuse(Arrow arrow) =>
        Rooms.ToList().IndexOf(arrow.From) < Rooms.ToList().IndexOf(arrow.To) ? "runs back"
        : Apart.Contains((arrow.From, arrow.To)) ? "joins rooms that stay apart"
        : null;
}
