using System.Globalization;

namespace Bento.Machine.Tests;

/// <summary>
/// Agents that are units of machines that systemd booted, each with its real sshd and a publisher, for as long as somebody likes: no row of
/// the status lies, and in the end all are up to date. The process form with one fleet of five is in Bento.Cli.Tests.
/// </summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan Time = TimeSpan.FromMinutes(Number("BENTO_CHAOS_MINUTES", 10));

    [Fact(Explicit = true, Timeout = 86_400_000)]
    public async Task Agents_of_booted_machines_go_through_chaos_and_no_row_lies()
    {
        var seed = Number("BENTO_CHAOS_SEED", Environment.TickCount);
        var fleets = new List<MachineFleet>();
        try
        {
            for (var machine = 0; machine < Number("BENTO_CHAOS_MACHINES", 5); machine++)
            {
                fleets.Add(await MachineFleet.StartAsync());
            }

            var runs = fleets.Select((fleet, number) => new MachineChaos(fleet, number + 1, seed + number)).ToList();
            try
            {
                await Task.WhenAll(runs.Select(run => run.RunAsync(Time)));
            }
            finally
            {
                foreach (var line in runs.SelectMany(run => run.Story))
                {
                    TestContext.Current.SendDiagnosticMessage(line);
                }
            }

            TestContext.Current.SendDiagnosticMessage($"{runs.Sum(run => run.Story.Count)} events; BENTO_CHAOS_SEED={seed}");
        }
        finally
        {
            foreach (var fleet in fleets)
            {
                await fleet.DisposeAsync();
            }
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
