using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Bento.Machine.Tests;

/// <summary>What happens to one machine, its agent, its server and its publisher in turn, and what must hold all the while.</summary>
internal sealed class MachineChaos(MachineFleet fleet, int number, int seed)
{
    private const string Unit = "bento-resident.service";

    /// <summary>What an agent may take, whatever its server does.</summary>
    private const long MostBytes = 512 << 20;

    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    private static readonly string[] Events =
    [
        "a release",
        "a release",
        "a release that does not build",
        "a release whose switch fails",
        "a release that restarts dbus",
        "a release whose switch kills the agent",
        "a release while its server is away",
        "its server stands still",
        "its sessions are killed",
        "its power is cut in a build",
        "systemd starts itself anew",
        "its agent is killed",
    ];

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _published = [];
    private readonly List<string> _story = [];

    /// <summary>Each event, in its order.</summary>
    public IReadOnlyList<string> Story => _story;

    private Machine Machine => fleet.Machine;

    public async Task RunAsync(TimeSpan time)
    {
        Machine.Put($"/etc/systemd/system/{Unit}.d/soon.conf", Encoding.UTF8.GetBytes("[Service]\nRestartSec=2s\n"), UnixFileMode.UserRead);
        await PublishAsync(Works("0"));
        fleet.PollFirst();
        await SettleAsync("0");
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (var round = 1; round <= 5 || Stopwatch.GetElapsedTime(began) < time; round++)
            {
                await DoAsync($"{round}");
                await LookAsync();
                await Task.Delay(_random.Next(5000), TestContext.Current.CancellationToken);
            }

            await PublishAsync(Works("end"));
            await SettleAsync("end");
            Progress.Say($"machine {number} is up to date after {_story.Count} events");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"Machine {number}, BENTO_CHAOS_SEED={seed}\n{string.Join('\n', _story.TakeLast(30))}\n"
                    + Machine.Try("journalctl", "--no-pager", "-n", "60").Output,
                exception);
        }
    }

    private async Task DoAsync(string round)
    {
        var what = _random.Next(Events.Length);
        _story.Add($"machine {number}, round {round}: {what}");
        Progress.Say($"machine {number}, round {round}: {Events[what]}");
        switch (what)
        {
            case 0 or 1:
                await PublishAsync(Works(round));
                break;
            case 2:
                await PublishAsync(Works(round) with { Parts = 1, PartScript = "echo does not build; exit 3" });
                break;
            case 3:
                await PublishAsync(Works(round) with { SwitchExitCode = 1 });
                break;
            case 4:
                await PublishAsync(Works(round) with { SwitchScript = "systemctl restart dbus" });
                break;
            case 5:
                await PublishAsync(Works(round) with { SwitchScript = $"systemctl kill --signal=KILL {Unit}; sleep 1" });
                break;
            case 6:
                await fleet.Server.StopAsync();
                await PublishAsync(Works(round));
                await fleet.Server.StartAgainAsync();
                break;
            case 7:
                fleet.Server.PauseSessions();
                await LookAsync();
                fleet.Server.ResumeSessions();
                break;
            case 8:
                fleet.Server.KillSessions();
                break;
            case 9:
                await PublishAsync(Works(round) with { Parts = 6, PartScript = "sleep 0.3" });
                await Task.Delay(_random.Next(8000), TestContext.Current.CancellationToken);
                await Machine.CutPowerAsync();
                await Machine.BootAgainAsync();
                break;
            case 10:
                _ = Machine.Try("systemctl", "daemon-reexec");
                break;
            default:
                _ = Machine.Try("systemctl", "kill", "--signal=KILL", Unit);
                break;
        }
    }

    private static MachineSystem Works(string version) =>
        new() { Version = version, IsResident = true, PollSeconds = 2, IntervalSeconds = 10 };

    private async Task PublishAsync(MachineSystem system)
    {
        _published.Add(system.Version);
        await fleet.PublishAsync(system);
    }

    /// <summary>What holds at every moment.</summary>
    private async Task LookAsync()
    {
        var before = fleet.Running;
        var row = await fleet.StatusAsync();
        Assert.Contains(VersionOf(before), _published);
        Assert.Contains(VersionOf(fleet.Profile), _published);
        if (State(row) == "up-to-date" && fleet.Running == before)
        {
            var said = (row.GetProperty("running").GetString(), row.GetProperty("expected").GetString());
            Assert.True(said == (before, before), $"The machine runs {before}, and its row says: {row.GetRawText()}");
        }

        var lines = Machine.Try("journalctl", "--no-pager", "--output=cat", $"--unit={Unit}").Output;
        Assert.DoesNotContain("Unhandled exception", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", lines, StringComparison.Ordinal);
        var process = Machine.Run("systemctl", "show", "--property=MainPID", "--value", Unit);
        var memory = Machine.Try("sh", "-c", $"grep VmRSS /proc/{process}/status | tr -dc 0-9").Output;
        Assert.True(!long.TryParse(memory, out var kibibytes) || kibibytes << 10 < MostBytes, $"The agent takes {memory} KiB.");
    }

    private async Task SettleAsync(string version)
    {
        var began = Stopwatch.GetTimestamp();
        while (await fleet.StatusAsync() is var row && (State(row) != "up-to-date" || VersionOf(fleet.Running) != version))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Soon, row.GetRawText());
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
    }

    private static string? State(JsonElement row) => row.GetProperty("state").GetString();

    private static string VersionOf(string system) => system[(system.LastIndexOf('-') + 1)..];
}
