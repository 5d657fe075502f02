using Bento.Agents.Machine;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class MachineUseTests
{
    [Theory]
    [InlineData("1: FLOCK  ADVISORY  WRITE 708 00:1a:1234 0 EOF", 708)]
    [InlineData("1: POSIX  ADVISORY  READ  9 fe:01:1234 0 EOF", 9)]
    [InlineData("1: OFDLCK ADVISORY  WRITE -1 fe:01:1234 0 0", -1)]
    [InlineData("1: FLOCK  ADVISORY  WRITE 708 00:1a:12345 0 EOF", null)]
    [InlineData("1: LEASE  ACTIVE    READ  708 00:1a:1234 0 EOF", null)]
    [InlineData("1: -> FLOCK  ADVISORY  WRITE 708 00:1a:1234 0 EOF", null)]
    [InlineData("", null)]
    public void Who_has_a_file_locked_is_read_from_the_kernel(string line, int? process) =>
        Assert.Equal(process, KernelLock.FindHolder([line], 1234));

    [Fact]
    public void Sessions_are_named_by_the_first_word_of_a_line() =>
        Assert.Equal(["3", "c1"], LoginSessions.Names("   3 1000 alice seat0 tty1 active no -\n  c1  0 root  -     -\n"));

    [Theory]
    [InlineData("Name=alice\nClass=user\nState=active\n", "alice")]
    [InlineData("Name=alice\nClass=user\nState=online\n", "alice")]
    [InlineData("Name=alice\nClass=user\nState=closing\n", null)]
    [InlineData("Name=gdm\nClass=greeter\nState=active\n\nName=bob\nClass=user\nState=active\n", "bob")]
    [InlineData("Name=root\nClass=manager\nState=active\n", null)]
    [InlineData("Name=root\nClass=background\nState=active\n", null)]
    [InlineData("", null)]
    public void Login_screens_services_and_sessions_that_end_are_nobody(string sessions, string? user) =>
        Assert.Equal(user, LoginSessions.FindUser(sessions));
}
