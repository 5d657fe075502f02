using System.Globalization;
using Bento.Hosting;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Prints a line when a host fails, goes back, is refused or falls silent, and when it is well again:
//   NotifyOnFailure /path/to/fleet [seconds between two looks]
var builder = Host.CreateApplicationBuilder();
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddBento().FromDirectory(Path.GetFullPath(args[0]));
builder.Services.AddBentoWatcher(
    options => options.Interval = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60));
builder.Services.AddHostedService<Notifier>();
await builder.Build().RunAsync();

/// <summary>Send the lines to a chat instead.</summary>
internal sealed class Notifier(IFleetWatcher watcher) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in watcher.WatchAsync(stoppingToken))
        {
            foreach (var line in Lines(change))
            {
                Console.WriteLine(line);
            }
        }
    }

    private static IEnumerable<string> Lines(FleetChange change) => change switch
    {
        FleetChange.Snapshot { Hosts: var hosts } => hosts.Where(host => host.NeedsAttention).Select(Trouble),
        FleetChange.HostChanged { Now: { NeedsAttention: true } host } => [Trouble(host)],
        FleetChange.HostChanged { Now: var host, Before.NeedsAttention: true } => [$"{host.Host} is well again: {host.Reason}"],
        FleetChange.Unreachable { Reason: var reason } => [$"The fleet cannot be looked at: {reason}"],
        _ => [],
    };

    private static string Trouble(HostStatus host) => $"{host.Host} needs attention: {host.State}: {host.Reason}";
}
