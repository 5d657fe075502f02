using Bento.Configuration.Editing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Configuration.Tests.Editing;

public sealed class EditingServicesTests : IDisposable
{
    private const string Text = """
        {
          // ours
          "fleet": "home",
          "signing": { "keys": [".bento/signing-key-2"] } // one for now
        }
        """;

    private static readonly SshPublicKey Key =
        SshPublicKey.Parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINUi5qdqoNMKSkCMFtdRf1r+f5ZwMKCnxybR8UzHqxsu web");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_host_comes_and_goes_and_leaves_no_trace()
    {
        await using var services = Services();
        var hosts = services.GetRequiredService<IHostSettings>();

        Assert.True(hosts.Add(HostName.Parse("web"), Key, ["lab"]));
        await using (var now = Services(Read()))
        {
            Assert.False(now.GetRequiredService<IHostSettings>().Add(HostName.Parse("web"), Key, ["lab"]));
        }

        Assert.Contains("\"web\": { \"publicKey\": \"ssh-ed25519 ", Read(), StringComparison.Ordinal);
        Assert.True(hosts.Remove(HostName.Parse("web")));
        Assert.False(hosts.Remove(HostName.Parse("web")));
        Assert.Contains("// ours", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_rotated_in_and_the_old_one_revoked()
    {
        _ = Directory.CreateDirectory(_directory[".bento"]);
        Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", "first", "-f", _directory[".bento/signing-key-2"]);
        await using var before = Services();
        var cancellation = TestContext.Current.CancellationToken;

        var added = await before.GetRequiredService<ISigningKeyring>().RotateAsync(cancellationToken: cancellation);

        Assert.Equal(".bento/signing-key-3", added.File);
        await using var after = Services(Read());
        var keyring = after.GetRequiredService<ISigningKeyring>();
        Assert.Equal([".bento/signing-key-2", ".bento/signing-key-3"], (await keyring.ListAsync(cancellation)).Select(entry => entry.File));

        var revocation = await keyring.FindAsync("first", cancellationToken: cancellation);
        keyring.Revoke(revocation);

        Assert.Equal([added.Key!], revocation.Remaining);
        Assert.Equal(Text.Replace("-2", "-3", StringComparison.Ordinal), Read());
    }

    [Fact]
    public async Task The_last_key_and_one_that_is_not_known_are_not_revoked()
    {
        await using var services = Services();
        var keyring = services.GetRequiredService<ISigningKeyring>();
        var cancellation = TestContext.Current.CancellationToken;

        var last = await Assert.ThrowsAsync<InvalidFleetException>(
            () => keyring.FindAsync(".bento/signing-key-2", cancellationToken: cancellation));
        var unknown = await Assert.ThrowsAsync<InvalidFleetException>(() => keyring.FindAsync("second", cancellationToken: cancellation));

        Assert.Contains("the last key", last.Message, StringComparison.Ordinal);
        Assert.Contains("No key in signing.keys", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(Text, Read());
    }

    [Fact]
    public async Task Keys_that_a_variable_sets_are_not_changed_in_the_file()
    {
        await using var services = Services(Text, new() { ["BENTO_SIGNING__KEYS__0"] = _directory["other"] });

        var exception = await Assert.ThrowsAsync<InvalidFleetException>(
            () => services.GetRequiredService<ISigningKeyring>().RotateAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("$BENTO_SIGNING__KEYS__0: ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Text, Read());
    }

    private string Read() => File.ReadAllText(_directory["bento.json"]);

    private ServiceProvider Services(string text = Text, Dictionary<string, string>? environment = null)
    {
        _directory.WriteFile("bento.json", text);
        var services = new ServiceCollection();
        _ = services.AddBento().FromDirectory(_directory.FullPath, environment);
        return services.BuildServiceProvider();
    }
}
