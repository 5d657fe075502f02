using Bento.Administration;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Server;

public sealed class ServerCommandTests
{
    [Fact]
    public async Task The_configuration_of_sshd_is_printed_for_the_areas_of_the_fleet()
    {
        using var directory = new TempDirectory();
        directory.WriteFile("bento.json", """{ "areas": { "directory": "/srv/bento" } }""");

        var run = await CliRun.RunAsync(directory.FullPath, "server", "sshd-config", "--hosts", "7");

        Assert.Equal((ExitCodes.Success, new SshdConfiguration("/srv/bento", 7).ToString()), (run.ExitCode, run.Out));
    }

    [Theory]
    [InlineData("bento.json has no areas.directory", "server", "sshd-config")]
    [InlineData("--root: Expected a directory", "server", "sshd-config", "--root", "")]
    [InlineData("not an absolute path that can stand in sshd_config", "server", "sshd-config", "--root", "/srv/a\nb")]
    [InlineData("--group: '' is not the name of a system group", "server", "sshd-config", "--root", "/srv", "--group", "")]
    [InlineData("--group: 'a b' is not the name of a system group", "server", "sshd-config", "--root", "/srv", "--group", "a b")]
    public async Task What_cannot_be_printed_is_said(string words, params string[] arguments)
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("bento.json", "{ }");

        var run = await CliRun.RunAsync(directory.FullPath, arguments);

        Assert.Equal((ExitCodes.Configuration, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100001")]
    [InlineData("99999999999")]
    [InlineData("many")]
    [InlineData("")]
    public async Task A_number_of_hosts_that_is_none_is_a_wrong_command_line(string hosts)
    {
        using var directory = new TempDirectory();

        var run = await CliRun.RunAsync(directory.FullPath, "server", "sshd-config", "--root", "/srv", "--hosts", hosts);

        Assert.Equal((ExitCodes.Usage, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains($"'{hosts}' is not a number of hosts: give a number from 1 to 100000.", run.Error, StringComparison.Ordinal);
    }
}
