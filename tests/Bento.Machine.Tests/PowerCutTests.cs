using System.Globalization;

namespace Bento.Machine.Tests;

/// <summary>
/// The power of a machine is cut while Nix evaluates and builds on it: what had not reached the disk is gone, and Nix calls it valid all
/// the same.
/// </summary>
public sealed class PowerCutTests
{
    /// <summary>How often it is cut.</summary>
    private static int Cuts => int.Parse(Environment.GetEnvironmentVariable("BENTO_CUTS") ?? "2", CultureInfo.InvariantCulture);

    /// <param name="isTold">Whether Nix waits for the disk as the agent tells it; else what the agent reads again after the cut must
    /// do.</param>
    [Theory(Timeout = 36_000_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FB4_a_power_cut_while_nix_builds_poisons_no_release(bool isTold)
    {
        await using var fleet = await MachineFleet.StartAsync();
        var machine = fleet.Machine;
        await fleet.PublishAsync(new MachineSystem { Version = "0", LetsNixWait = isTold });
        fleet.PollFirst();

        for (var cut = 1; cut <= Cuts; cut++)
        {
            var version = $"{cut}";
            await fleet.PublishAsync(new MachineSystem { Version = version, LetsNixWait = isTold, Parts = 12, PartScript = "sleep 0.3" });
            machine.Run("systemctl", "start", "--no-block", "bento.service");
            await machine.UntilAsync(TimeSpan.FromMinutes(2), "sh", "-c", $"ls -d /nix/store/*-nixos-system-*-{version}.drv");

            // From the end of the evaluation to the middle of the builds.
            await Task.Delay(TimeSpan.FromMilliseconds(cut * 397 % 3500), TestContext.Current.CancellationToken);
            await machine.CutPowerAsync();
            await machine.BootAgainAsync();

            fleet.Poll();
            var log = await fleet.LogAsync();
            var suspicion = log.Split('\n').FirstOrDefault(line => line.Contains("went down", StringComparison.Ordinal));
            TestContext.Current.SendDiagnosticMessage($"cut {cut}: {suspicion ?? "nothing was suspect"}");
            Assert.True(
                fleet.Running.EndsWith($"-{version}", StringComparison.Ordinal),
                $"After cut {cut}: {fleet.Running} {(await fleet.StatusAsync()).GetRawText()}");
            Assert.Equal(fleet.Running, fleet.Profile);
            Assert.Equal("up-to-date", (await fleet.StatusAsync()).GetProperty("state").GetString());
            Assert.Equal((0, $"{version}"), machine.Try("cat", "/run/current-system/nixos-version"));
            Assert.Equal("12", machine.Run("sh", "-c", $"cat /run/current-system/parts/*/part-1 | grep -o 'source {version} ' | wc -l"));
            var (exitCode, output) = machine.Try("nix-store", "--verify", "--check-contents");
            Assert.True(exitCode == 0, $"After cut {cut}: {output}");
        }
    }
}
