using Bento.Agents.Machine;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class SwitchUnitRuleTests
{
    [Theory]
    [InlineData(0, "active\n", nameof(SwitchUnit.Busy))]
    [InlineData(0, "reloading\n", nameof(SwitchUnit.Busy))]
    [InlineData(3, "activating\n", nameof(SwitchUnit.Busy))]
    [InlineData(3, "deactivating\n", nameof(SwitchUnit.Busy))]
    [InlineData(3, "inactive\n", nameof(SwitchUnit.Free))]
    [InlineData(3, "failed\n", nameof(SwitchUnit.Free))]
    [InlineData(4, "inactive\n", nameof(SwitchUnit.Free))]
    [InlineData(3, "unknown\n", nameof(SwitchUnit.Free))]
    [InlineData(1, "", nameof(SwitchUnit.Unknown))]
    [InlineData(127, "", nameof(SwitchUnit.Unknown))]
    public void FB2_only_a_unit_that_systemd_calls_inactive_or_failed_is_free(int exitCode, string output, string unit) =>
        Assert.Equal(unit, SwitchUnitRule.Read(exitCode, output).ToString());
}
