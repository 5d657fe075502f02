using Bento.Agents;
using Bento.Publishing;

namespace Bento.Status;

/// <summary>What was new in the <c>logs/</c> of a host.</summary>
internal sealed class ReportBatch
{
    private readonly List<string> _remarks = [];

    public List<(AttemptStart Start, DateTimeOffset Received)> Starts { get; } = [];

    public List<(AttemptResult Result, DateTimeOffset Received)> Results { get; } = [];

    public Heartbeat? Heartbeat { get; set; }

    public DateTimeOffset? HeartbeatReceived { get; set; }

    public int ForeignCount { get; set; }

    public int UnreadableCount { get; set; }

    public bool HasReports => Starts.Count + Results.Count > 0;

    public IReadOnlyList<string> Remarks =>
    [
        .. _remarks,
        .. ForeignCount > 0 ? [$"{ForeignCount} foreign {(ForeignCount == 1 ? "entry" : "entries")} in logs/."] : Array.Empty<string>(),
        .. UnreadableCount > 0 ? [$"{UnreadableCount} unreadable {(UnreadableCount == 1 ? "report" : "reports")} in logs/."] : Array.Empty<string>(),
    ];

    public void Remark(string remark) => _remarks.Add(remark);

    /// <summary>Whether a report says what its name says; one that does not counts as unreadable.</summary>
    public bool IsNamed(ReportName name, ReleaseNumber number, int attempt)
    {
        var isNamed = number.Sequence == name.Sequence && attempt == name.Attempt;
        UnreadableCount += isNamed ? 0 : 1;
        return isNamed;
    }
}
