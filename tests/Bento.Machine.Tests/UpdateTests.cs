namespace Bento.Machine.Tests;

/// <summary>The main job on a machine with a real systemd, a real Nix and a real sshd.</summary>
public sealed class UpdateTests
{
    [Fact(Timeout = 300_000)]
    public async Task A_machine_takes_its_first_release_and_then_polls_by_the_timer_of_the_module()
    {
        await using var fleet = await MachineFleet.StartAsync();
        await fleet.PublishAsync(new MachineSystem { Version = "1" });

        fleet.PollFirst();

        Assert.EndsWith("-1", fleet.Running, StringComparison.Ordinal);
        Assert.Equal(fleet.Running, fleet.Profile);
        Assert.Equal("active", fleet.Machine.Run("systemctl", "is-active", "bento.timer"));

        await fleet.PublishAsync(new MachineSystem { Version = "2" });
        fleet.Poll();

        Assert.EndsWith("-2", fleet.Running, StringComparison.Ordinal);
        Assert.Equal("up-to-date", (await fleet.StatusAsync()).GetProperty("state").GetString());
    }
}
