using Bento.Agents.Machine;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class SwitchUnitReaderTests
{
    [Theory]
    [InlineData(0, "loaded", "active", "running", nameof(SwitchUnitState.Busy))]
    [InlineData(0, "loaded", "reloading", "reload", nameof(SwitchUnitState.Busy))]
    [InlineData(0, "loaded", "activating", "start", nameof(SwitchUnitState.Busy))]
    [InlineData(0, "loaded", "deactivating", "stop-sigterm", nameof(SwitchUnitState.Busy))]
    [InlineData(0, "loaded", "active", "exited", nameof(SwitchUnitState.Ended))]
    [InlineData(0, "loaded", "failed", "failed", nameof(SwitchUnitState.Ended))]
    [InlineData(0, "loaded", "inactive", "dead", nameof(SwitchUnitState.Free))]
    [InlineData(0, "not-found", "inactive", "dead", nameof(SwitchUnitState.Free))]
    [InlineData(1, "loaded", "active", "running", nameof(SwitchUnitState.Unknown))]
    public void FB2_only_what_systemd_says_for_certain_counts(int exitCode, string load, string active, string sub, string state) =>
        Assert.Equal(state, SwitchUnitReader.Read(exitCode, $"LoadState={load}\nActiveState={active}\nSubState={sub}\n").State.ToString());

    [Fact]
    public void No_answer_is_not_one() => Assert.Equal(SwitchUnitState.Unknown, SwitchUnitReader.Read(0, string.Empty).State);

    [Theory]
    [InlineData("success", 0, 0, null)]
    [InlineData("exit-code", 4, 4, null)]
    [InlineData("exit-code", 203, 203, "could not execute")]
    [InlineData("signal", 9, 137, "signal 9")]
    [InlineData("timeout", 15, 143, "too long")]
    [InlineData("oom-kill", 9, 137, "memory")]
    [InlineData("resources", 0, 128, "resources")]
    public void A_switch_that_did_not_end_by_itself_failed_and_says_why(string result, int status, int exitCode, string? problem)
    {
        var unit = SwitchUnitReader.Read(
            0,
            $"LoadState=loaded\nActiveState=failed\nSubState=failed\nResult={result}\nExecMainStatus={status}\n"
                + "InvocationID=abc\nDescription=Bento: x=y\n");

        Assert.Equal((exitCode, "abc", "Bento: x=y"), (unit.ExitCode, unit.InvocationId, unit.Description));
        Assert.Equal(problem is null, unit.Problem is null);
        Assert.Contains(problem ?? string.Empty, unit.Problem ?? string.Empty, StringComparison.Ordinal);
    }
}
