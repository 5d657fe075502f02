using System.Globalization;
using System.Security.Cryptography;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Options;

namespace Bento.Rollouts;

/// <summary>Which waves a rollout has, from what is due and from how the hosts stand.</summary>
internal sealed class RolloutPlanning(IOptions<BentoOptions> options, [Guarded] IStatusStore store, TimeProvider clock)
{
    private readonly RolloutOptions _rollout = options.Value.Rollout ?? new();

    /// <summary>Makes the state of a rollout that has not begun.</summary>
    /// <param name="hosts">The hosts that something is due for, each with the release that it has.</param>
    /// <param name="waves">The waves; null for those of the options.</param>
    /// <param name="statuses">How the hosts stand.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RolloutState> ComposeAsync(
        IReadOnlyDictionary<HostName, ReleaseId?> hosts,
        IReadOnlyList<RolloutWave>? waves,
        IReadOnlyDictionary<HostName, HostStatus> statuses,
        CancellationToken cancellationToken)
    {
        var candidates = new List<RolloutCandidate>();
        foreach (var host in hosts.Keys)
        {
            candidates.Add(await CandidateAsync(host, statuses.GetValueOrDefault(host), cancellationToken).ConfigureAwait(false));
        }

        var (entries, assigned) = WaveAssignment.Assign(waves ?? Waves(), candidates);
        var now = clock.GetUtcNow();
        return new RolloutState
        {
            Id = string.Create(
                CultureInfo.InvariantCulture,
                $"{now:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}"),
            Began = now,
            By = LockOwner.Name,
            Limits = RolloutLimits.Of(_rollout, hosts.Count),
            Waves = entries,
            Hosts = [.. hosts.Select(host => new RolloutMember(host.Key, assigned[host.Key]) { Replaces = host.Value })
                .OrderBy(host => host.Wave)
                .ThenBy(host => host.Host)],
        };
    }

    private IReadOnlyList<RolloutWave> Waves() => _rollout.Waves.Count == 0
        ? WaveAssignment.Default
        : [.. _rollout.Waves.Select(wave => new RolloutWave(WaveSize.Parse(wave.Hosts)) { NeedsApproval = wave.NeedsApproval })];

    private async Task<RolloutCandidate> CandidateAsync(HostName host, HostStatus? status, CancellationToken cancellationToken) =>
        new(host, options.Value.Hosts.TryGetValue(host.ToString(), out var said) ? [.. said.Tags] : [])
        {
            IsUrgent = status?.LastSeen is null || await IsBehindAsync(host, cancellationToken).ConfigureAwait(false),
            IsAway = !HostJudgement.IsPresent(status),
        };

    private async Task<bool> IsBehindAsync(HostName host, CancellationToken cancellationToken)
    {
        if (_rollout.UrgentBelow is not { } below)
        {
            return false;
        }

        var record = await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        var reached = record.Attempts.Where(attempt => attempt.Result?.Outcome.IsSuccess() == true)
            .Select(attempt => (ReleaseNumber?)attempt.Number)
            .Max();
        return reached is null || reached < RolloutOptionsRules.ParseNumber(below);
    }
}
