namespace Bento.Rollouts;

/// <summary>Which host is in which wave. Pure.</summary>
internal static class WaveAssignment
{
    private const int AllPercent = 100;

    /// <summary>What is done where nobody says anything: one host, a tenth, all others.</summary>
    public static IReadOnlyList<RolloutWave> Default { get; } = [new(WaveSize.Parse("1")), new(WaveSize.Parse("10%"))];

    /// <param name="waves">What was asked for. A wave that takes no host is left out.</param>
    /// <param name="candidates">The hosts.</param>
    /// <returns>The waves, beginning with the wave 0, and the index in them for each host.</returns>
    public static (IReadOnlyList<WaveEntry> Waves, IReadOnlyDictionary<HostName, int> Hosts) Assign(
        IReadOnlyList<RolloutWave> waves, IReadOnlyCollection<RolloutCandidate> candidates)
    {
        var entries = new List<WaveEntry> { new() };
        var assigned = candidates.Where(candidate => candidate.IsUrgent).ToDictionary(candidate => candidate.Host, _ => 0);

        // A canary that is away says nothing: who is there comes first.
        var left = candidates.Where(candidate => !candidate.IsUrgent)
            .OrderBy(candidate => candidate.IsAway)
            .ThenBy(candidate => candidate.Host)
            .ToList();
        var total = left.Count;
        foreach (var wave in waves)
        {
            Take(wave, Chosen(wave.Size, left, total));
        }

        Take(null, left);
        return (entries, assigned);

        void Take(RolloutWave? wave, IEnumerable<RolloutCandidate> chosen)
        {
            var taken = chosen.ToHashSet();
            if (taken.Count == 0)
            {
                return;
            }

            foreach (var candidate in taken)
            {
                assigned[candidate.Host] = entries.Count;
            }

            entries.Add(new WaveEntry { Wave = wave });
            _ = left.RemoveAll(taken.Contains);
        }
    }

    private static IEnumerable<RolloutCandidate> Chosen(WaveSize size, IReadOnlyList<RolloutCandidate> left, int total) => size switch
    {
        { Count: { } count } => left.Take(count),
        { Percent: { } percent } => left.Take(((total * percent) + AllPercent - 1) / AllPercent),
        _ => left.Where(candidate => size.Hosts!.Matches(candidate.Host, candidate.Tags)),
    };
}
