using Bento.Configuration.BashBento;

namespace Bento.Configuration.Tests.BashBento;

public sealed class ShellAssignmentsTests
{
    [Theory]
    [InlineData("A=x", "x")]
    [InlineData("export A=x", "x")]
    [InlineData("  A=/home/chroot  # where the areas are", "/home/chroot")]
    [InlineData("A='a b'", "a b")]
    [InlineData("A=\"a b\"/c", "a b/c")]
    [InlineData("A=''", "")]
    [InlineData("A=", "")]
    [InlineData("A=x\r", "x")]
    [InlineData("\uFEFFA=x", "x")]
    public void A_value_that_is_written_out_is_read(string line, string value) =>
        Assert.Equal(new ShellAssignment(1, "A", value), Assert.Single(ShellAssignments.Read(line).Assignments));

    [Theory]
    [InlineData("A=$HOME")]
    [InlineData("A=\"$(reboot)\"")]
    [InlineData("A=`reboot`")]
    [InlineData("A=~/areas")]
    [InlineData("A=x; reboot")]
    [InlineData("A=x reboot")]
    [InlineData("A=x&")]
    [InlineData("A='open")]
    [InlineData("A=\"a\\\"b\"")]
    [InlineData("A=*")]
    [InlineData("A=(a b)")]
    [InlineData("A=x\\")]
    public void A_value_that_only_a_shell_could_tell_is_none(string line) =>
        Assert.Equal(new ShellAssignment(1, "A", null), Assert.Single(ShellAssignments.Read(line).Assignments));

    [Fact]
    public void Every_other_line_is_named_by_its_number()
    {
        var (assignments, others) = ShellAssignments.Read("# comment\n\nA=1\nreboot\nif true; then\nB=2\nfi\nA =3\n");

        Assert.Equal([new ShellAssignment(3, "A", "1"), new ShellAssignment(6, "B", "2")], assignments);
        Assert.Equal([4, 5, 7, 8], others);
    }
}
