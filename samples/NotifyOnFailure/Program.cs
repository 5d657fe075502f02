using System.Globalization;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

// Prints a line when a host fails, goes back, is refused or falls silent, and when it is well again. Send the lines to a chat instead:
//   NotifyOnFailure /path/to/fleet [seconds between two looks]
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var services = new ServiceCollection();
services.AddBento(options => options.Directory = Path.GetFullPath(args[0]));
await using var provider = services.BuildServiceProvider();
var interval = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 60);

try
{
    await foreach (var change in provider.GetRequiredService<IFleetStatus>().WatchAsync(HostSelector.All, interval, stop.Token))
    {
        foreach (var host in change is FleetChange.Snapshot first ? first.Hosts.Where(host => host.NeedsAttention) : [])
        {
            Console.WriteLine($"{host.Host} needs attention: {host.State}: {host.Reason}");
        }

        if (change is FleetChange.Unreachable away)
        {
            Console.WriteLine($"The server cannot be reached: {away.Reason}");
        }

        if (change is FleetChange.HostChanged { Now: var now, Before: var before, What: var what }
            && (now.NeedsAttention || before is { NeedsAttention: true }))
        {
            Console.WriteLine($"{now.Host} {(now.NeedsAttention ? "needs attention" : "is well again")}: {what}: {now.Reason}");
        }
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // Ctrl-C.
}
