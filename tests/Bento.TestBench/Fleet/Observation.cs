using Bento.Agents;
using Bento.Protocol;
using Bento.Status;

namespace Bento.TestBench.Fleet;

/// <summary>
/// What is seen of one host, its area and its row of the status at one moment. A rule judges only what was looked at: null and empty are
/// what was not.
/// </summary>
public sealed record Observation
{
    /// <summary>Whose it is.</summary>
    public required HostName Host { get; init; }

    /// <summary>What the area offers.</summary>
    public SeenRelease? Published { get; init; }

    /// <summary>Every release that the publisher ever made for the host.</summary>
    public IReadOnlyCollection<SeenRelease> Releases { get; init; } = [];

    /// <summary>What the host runs.</summary>
    public StorePath? Running { get; init; }

    /// <summary>What the next boot starts.</summary>
    public StorePath? Profile { get; init; }

    /// <summary>What the host ran before its first release.</summary>
    public StorePath? First { get; init; }

    /// <summary>Every system that was ever activated on the host.</summary>
    public IReadOnlyList<StorePath> Activated { get; init; } = [];

    /// <summary>The most switches that ever ran at the same time.</summary>
    public int MostAtOnce { get; init; }

    /// <summary>The newest release that the agent has accepted.</summary>
    public ReleaseNumber? Floor { get; init; }

    /// <summary>Every report that ever reached the server.</summary>
    public IReadOnlyCollection<SeenReport> Reports { get; init; } = [];

    /// <summary>What the agent left half written or undelivered.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>What belongs to the agent and others may read.</summary>
    public IReadOnlyList<string> Exposed { get; init; } = [];

    /// <summary>What the status says.</summary>
    public HostState? State { get; init; }

    /// <summary>What the agent said last.</summary>
    public AgentResult? Result { get; init; }
}
