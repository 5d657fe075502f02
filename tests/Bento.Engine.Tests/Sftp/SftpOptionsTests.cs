using Bento.Sftp;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Sftp;

public sealed class SftpOptionsTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu";

    [Fact]
    public void Good_options_pass()
    {
        Assert.True(PinnedHostKey.TryParse($"{Key} root@server", out _));
        Assert.NotNull(Resolve(Good));
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Resolve(options =>
        {
            options.Port = 70000;
            options.PrivateKeyFile = "relative/key";
            options.PrivateKeyPassphraseFile = "relative/passphrase";
            options.HostKeys.Add("ssh-rsa nonsense");
            options.Directory = "relative";
            options.ConnectTimeout = TimeSpan.Zero;
            options.LockRefreshInterval = TimeSpan.FromMinutes(9);
        }));

        Assert.Equal(
            [
                "SftpOptions.Host: Is missing.",
                "SftpOptions.Port: Must be between 1 and 65535, is 70000.",
                "SftpOptions.User: Is missing.",
                "SftpOptions.PrivateKeyFile: 'relative/key' is not an absolute path.",
                "SftpOptions.PrivateKeyPassphraseFile: 'relative/passphrase' is not an absolute path.",
                "SftpOptions.HostKeys[0]: 'ssh-rsa nonsense' is not a public key",
                "SftpOptions.Directory: 'relative' is not an absolute path on the server.",
                "SftpOptions.ConnectTimeout: Must be between 0.001 seconds and 1 hour, is 0 seconds.",
                "SftpOptions.LockRefreshInterval: Is 9 minutes, but a lock is lost after 10 minutes",
            ],
            exception.Failures.Select(failure => failure.Split(" of the form")[0].Split(": refresh")[0]));
    }

    [Fact]
    public void Without_a_pinned_key_nothing_starts()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Resolve(options =>
        {
            Good(options);
            options.HostKeys.Clear();
        }));

        Assert.Contains("any server could pose", Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-dss AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-ed25519 ????")]
    public void A_line_that_is_no_public_key_cannot_be_pinned(string line) => Assert.False(PinnedHostKey.TryParse(line, out _));

    [Fact]
    public void A_local_directory_must_be_absolute()
    {
        var services = new ServiceCollection().AddLocalDirectory(options => options.Directory = "relative").BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<ITransport>);

        Assert.Contains("'relative'", Assert.Single(exception.Failures));
    }

    [Fact]
    public void A_local_directory_is_required()
    {
        var services = new ServiceCollection().AddLocalDirectory(_ => { }).BuildServiceProvider();

        Assert.Single(Assert.Throws<OptionsValidationException>(services.GetRequiredService<ITransport>).Failures);
    }

    private static void Good(SftpOptions options)
    {
        options.Host = "server.example";
        options.User = "lab";
        options.PrivateKeyFile = "/etc/bento/key";
        options.HostKeys.Add(Key);
    }

    private static ITransport Resolve(Action<SftpOptions> configure)
    {
        using var services = new ServiceCollection().AddSftp(configure).BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return services.GetRequiredService<SftpTransport>();
    }
}
