using Bento;
using Bento.Status;

namespace Dashboard.Board;

/// <summary>How many hosts stood how, and ran what, over time: as far back as the records of the server go.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class Timeline
{
    private const int Points = 96;
    private const int MaxVersions = 5;
    private const int MaxSteps = 500;

    private readonly Lock _lock = new();
    private readonly Dictionary<HostName, List<TimelineStep>> _hosts = [];
    private readonly Dictionary<int, TimelineChart> _charts = [];

    /// <summary>Takes what a look saw.</summary>
    public void Add(IReadOnlyList<HostStatus> hosts, DateTimeOffset at)
    {
        lock (_lock)
        {
            _charts.Clear();
            foreach (var host in hosts)
            {
                var steps = _hosts.TryGetValue(host.Host, out var known) ? known : _hosts[host.Host] = [];
                var weight = host.NeedsAttention ? StateWeight.Wrong : host.State.Weight();
                var version = host.State.Weight() == StateWeight.Well ? TimelinePast.VersionOf(host.Provenance)
                    : steps.Count > 0 ? steps[^1].Version : null;
                if (steps.Count == 0 || steps[^1].Weight != weight || steps[^1].Version != version)
                {
                    steps.Add(new TimelineStep(at, weight, version));
                }

                if (steps.Count > MaxSteps)
                {
                    steps.RemoveRange(0, steps.Count - MaxSteps);
                }
            }
        }
    }

    /// <summary>Puts what the records say before what was seen.</summary>
    public void AddPast(IReadOnlyDictionary<HostName, HostRecord> records)
    {
        lock (_lock)
        {
            _charts.Clear();
            foreach (var (host, record) in records)
            {
                var seen = _hosts.TryGetValue(host, out var known) ? known : [];
                var past = TimelinePast.Of(record).Where(step => seen.Count == 0 || step.At < seen[0].At).ToList();
                if (past.Count > 0 && seen is [{ Version: null } first, ..])
                {
                    // The first look cannot tell what a host runs that is on its way; its record can.
                    seen[0] = first with { Version = past[^1].Version };
                }

                _hosts[host] = [.. past, .. seen];
            }
        }
    }

    /// <summary>The last days, as points in time.</summary>
    public TimelineChart Read(int days, DateTimeOffset now)
    {
        lock (_lock)
        {
            return _charts.TryGetValue(days, out var chart) ? chart : _charts[days] = Draw(days, now);
        }
    }

    private TimelineChart Draw(int days, DateTimeOffset now)
    {
        var times = Enumerable.Range(0, Points).Select(n => now - (TimeSpan.FromDays(days) * (Points - 1 - n) / (Points - 1))).ToArray();
        var weights = Enum.GetValues<StateWeight>().ToDictionary(weight => weight, _ => new int[Points]);
        var versions = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var steps in _hosts.Values)
        {
            var next = 0;
            for (var point = 0; point < Points; point++)
            {
                while (next < steps.Count && steps[next].At <= times[point])
                {
                    next++;
                }

                if (next > 0)
                {
                    var step = steps[next - 1];
                    weights[step.Weight][point]++;
                    var version = step.Version ?? "not known";
                    (versions.TryGetValue(version, out var counts) ? counts : versions[version] = new int[Points])[point]++;
                }
            }
        }

        return new TimelineChart(
            times,
            [.. weights.Select(weight => new TimelineSeries(weight.Key.ToString(), weight.Value))],
            Largest(versions));
    }

    /// <summary>The versions that most hosts run now, or ran; the others together.</summary>
    private static List<TimelineSeries> Largest(Dictionary<string, int[]> versions)
    {
        var ordered = versions.OrderByDescending(version => version.Value[^1]).ThenByDescending(version => version.Value.Max())
            .ThenBy(version => version.Key, StringComparer.Ordinal)
            .Select(version => new TimelineSeries(version.Key, version.Value)).ToList();
        if (ordered.Count <= MaxVersions)
        {
            return ordered;
        }

        var others = new int[Points];
        foreach (var version in ordered.Skip(MaxVersions))
        {
            for (var point = 0; point < Points; point++)
            {
                others[point] += version.Counts[point];
            }
        }

        return [.. ordered.Take(MaxVersions), new TimelineSeries("others", others)];
    }
}
