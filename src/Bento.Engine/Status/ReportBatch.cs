using Bento.Protocol;

namespace Bento.Status;

/// <summary>What was new in the <c>logs/</c> of a host.</summary>
internal sealed class ReportBatch
{
    private readonly List<string> _remarks = [];

    public List<(AttemptStart Start, DateTimeOffset Received)> Starts { get; } = [];

    public List<(AttemptResult Result, DateTimeOffset Received)> Results { get; } = [];

    /// <summary>The attempts for which a log lies there.</summary>
    public List<ReportName> Logs { get; } = [];

    public List<BashLog> BashLogs { get; } = [];

    public Heartbeat? Heartbeat { get; set; }

    public DateTimeOffset? HeartbeatReceived { get; set; }

    public int ForeignCount { get; set; }

    public int UnreadableCount { get; set; }

    /// <summary>How many reports are about releases that the record does not know.</summary>
    public int StrangerCount { get; set; }

    public IReadOnlyList<string> Remarks =>
    [
        .. _remarks,
        .. Count(ForeignCount, "foreign entry", "foreign entries", "in logs/"),
        .. Count(UnreadableCount, "unreadable report", "unreadable reports", "in logs/"),
        .. Count(StrangerCount, "report", "reports", "about releases that were never published"),
    ];

    /// <summary>Whether the area, or the <c>logs/</c> in it, is not there.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether there may be reports that were not read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>How many reports were taken.</summary>
    public int ReportCount => Starts.Count + Results.Count;

    public void GiveUp(string remark)
    {
        IsCut = true;
        Remark(remark);
    }

    public void Remark(string remark) => _remarks.Add(remark);

    /// <summary>Whether a report says what its name says; one that does not counts as unreadable.</summary>
    public bool IsNamed(ReportName name, ReleaseNumber number, int attempt)
    {
        var isNamed = number.Sequence == name.Sequence && attempt == name.Attempt;
        UnreadableCount += isNamed ? 0 : 1;
        return isNamed;
    }

    private static string[] Count(int count, string one, string many, string what) =>
        count == 0 ? [] : [$"{count} {(count == 1 ? one : many)} {what}."];
}
