using Bento.Cli.Terminal;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary>
/// <c>bento deploy --wait</c>: follows what is current to its hosts, also what was published before and is not there yet.
/// </summary>
/// <param name="Time">How long.</param>
/// <param name="SkipsAbsent">Whether hosts that are away are not waited for.</param>
internal sealed record DeployWait(TimeSpan Time, bool SkipsAbsent)
{
    /// <summary>How often it looks where nobody says that something changed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CliIo io, ServiceProvider services, DeployReport report, CancellationToken cancellationToken)
    {
        var releases = report.Hosts.Where(host => host.Number is not null).ToDictionary(host => host.Host, host => host.Number!.Value);
        var clock = services.GetRequiredService<TimeProvider>();
        var lines = new WaitLines(io.Error);
        IReadOnlyList<HostStatus> last = [];
        using var limit = new CancellationTokenSource(Time, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var hosts in services.GetRequiredService<IFleetStatus>()
                .FollowUntilSettledAsync(releases, Interval, SkipsAbsent, both.Token))
            {
                lines.Write(hosts);
                last = hosts;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync(
                $"bento: stopped waiting after {Ages.Short(Time)}{For(Awaited())}. To see where the hosts are: bento status");
            return ExitCodes.StillWaiting;
        }

        if (SkipsAbsent && Awaited() is { Count: > 0 } absent)
        {
            await io.Error.WriteLineAsync($"bento: did not wait{For(absent)}.");
        }

        return last.Any(host => releases.TryGetValue(host.Host, out var release) && host.ProgressOf(release) == ReleaseProgress.Failed)
            ? ExitCodes.HostFailed
            : ExitCodes.Success;

        List<string> Awaited() =>
        [
            .. last.Where(host => releases.TryGetValue(host.Host, out var release) && host.ProgressOf(release) == ReleaseProgress.Waiting)
                .Select(host => WaitLines.Why(host, clock.GetUtcNow())),
        ];
    }

    private static string For(IReadOnlyList<string> hosts) => hosts.Count == 0 ? string.Empty : $" for {NameList.Of(hosts)}";
}
