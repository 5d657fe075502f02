using System.Text.RegularExpressions;
using Bento.Sftp;

namespace Bento.Engine.Tests.Sftp;

public sealed partial class HostKeyPinsTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu";

    private static readonly byte[] Blob = Convert.FromBase64String(Key.Split(' ')[1]);

    [Fact]
    public void N4_only_what_the_pins_need_is_offered()
    {
        Assert.Equal(["ssh-ed25519"], Pins(Key).Algorithms);
        Assert.Equal(
            ["ssh-ed25519"],
            Pins($"@cert-authority {Key}").Algorithms.Where(name => !name.EndsWith("-cert-v01@openssh.com", StringComparison.Ordinal)));
        Assert.DoesNotContain("ssh-rsa-cert-v01@openssh.com", Pins($"@cert-authority {Key}").Algorithms);
        Assert.Empty(Pins($"@revoked {Key}").Algorithms);
        Assert.True(Pins($"@revoked {Key}").IsEmpty);
    }

    [Theory]
    [InlineData(true, "server", false, null)]
    [InlineData(false, "server", false, "for a user")]
    [InlineData(true, "other", false, "and not for 'server'")]
    [InlineData(true, "SERVER", false, "and not for 'server'")]
    [InlineData(true, "*", false, "and not for 'server'")]
    [InlineData(true, "server", true, "with conditions")]
    public void N5_authority_kind_name_and_conditions_of_a_certificate_are_checked(
        bool isOfHost, string principal, bool hasConditions, string? reason)
    {
        var shown = new ShownHostKey(
            "ssh-ed25519-cert-v01@openssh.com", new byte[51], new ShownCertificate(Blob, isOfHost, [principal], hasConditions));

        var objection = Pins($"@cert-authority {Key} comment").FindObjection(shown);

        Assert.Equal(reason is null, objection is null);
        Assert.Contains(reason ?? string.Empty, objection ?? string.Empty, StringComparison.Ordinal);
        Assert.NotNull(Pins(Key).FindObjection(shown));
    }

    [Fact]
    public void An_authority_is_no_key_of_a_server() =>
        Assert.Contains(
            "which is not pinned",
            Pins($"@cert-authority {Key}").FindObjection(new ShownHostKey("ssh-ed25519", Blob)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("@cert-authority")]
    [InlineData("@cert-authority *.example ssh-ed25519 AAAA")]
    [InlineData("@unknown " + Key)]
    [InlineData("@revoked ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHq")]
    [InlineData("@revoked ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsuAAAA")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5")]
    public void What_is_no_line_is_found_out(string line) => Assert.False(HostKeyPins.IsLine(line));

    [Fact]
    public void N3_only_the_connector_makes_clients_and_only_its_room_knows_the_package()
    {
        var source = Directory.EnumerateFiles(Path.Join(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllText);

        Assert.Equal(
            ["SftpConnector.cs"], source.Where(file => MakesClient().IsMatch(file.Value)).Select(file => Path.GetFileName(file.Key)));
        Assert.All(
            source.Where(file => file.Value.Contains("using Renci.", StringComparison.Ordinal)),
            file => Assert.Equal("Sftp", Path.GetFileName(Path.GetDirectoryName(file.Key))));
        Assert.Contains("N:Renci.SshNet;", File.ReadAllText(Path.Join(Root(), "eng", "BannedSymbols.txt")), StringComparison.Ordinal);
    }

    private static HostKeyPins Pins(params string[] lines) => new(lines, ["server"]);

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(directory!.FullName, "Bento.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"new\s+(SftpClient|SshClient|ScpClient|ConnectionInfo|PasswordConnectionInfo|PrivateKeyConnectionInfo)\s*\(")]
    private static partial Regex MakesClient();
}
