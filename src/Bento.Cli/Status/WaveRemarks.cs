using Bento.Rollouts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Status;

/// <summary>That hosts wait for their wave in a rollout, beside what else is to be said of them.</summary>
internal static class WaveRemarks
{
    public static async Task<IReadOnlyList<HostStatus>> AddAsync(
        IServiceProvider services, IReadOnlyList<HostStatus> statuses, CancellationToken cancellationToken)
    {
        try
        {
            var queue = await services.GetRequiredService<IRollout>().ReadQueueAsync(cancellationToken);
            return queue.Count == 0 ? statuses : [.. statuses.Select(status => queue.TryGetValue(status.Host, out var wave)
                ? status with { Remarks = [.. status.Remarks, $"It waits for wave {wave} of the rollout."] }
                : status)];
        }
        catch (RolloutException)
        {
            // Where hosts stand is worth telling all the same; 'bento rollout status' and the doctor say what is wrong.
            return statuses;
        }
    }
}
