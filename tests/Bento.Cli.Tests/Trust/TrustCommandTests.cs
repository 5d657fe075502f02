using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Cli.Tests.Trust;

public sealed class TrustCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Show_prints_what_hosts_must_trust_as_they_read_it()
    {
        await InitAsync();

        var show = await RunAsync("trust", "show");
        var json = await RunAsync("trust", "show", "--json");

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (show.ExitCode, json.ExitCode));
        using var document = JsonDocument.Parse(json.Out);
        var trust = document.RootElement.GetProperty("trust");
        Assert.Equal(
            (PublicKeyOf("signing-key").ToString(), 1, 0),
            (trust.GetProperty("keys")[0].GetString(), trust.GetProperty("threshold").GetInt32(), trust.GetProperty("epoch").GetInt32()));
        Assert.Contains(PublicKeyOf("signing-key").Fingerprint.ToString(), show.Out, StringComparison.Ordinal);
        using var fragment = JsonDocument.Parse(show.Out[show.Out.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(trust.GetRawText(), fragment.RootElement.GetProperty("trust").GetRawText());
    }

    [Fact]
    public async Task A_key_that_no_file_could_name_is_not_made()
    {
        _ = _directory.WriteFile("config.sh", "REMOTE_PORT=22\n");
        _ = _directory.WriteFile("hosts/web/configuration.nix", "{ }");

        var rotate = await RunAsync("trust", "rotate");

        Assert.Equal(ExitCodes.Configuration, rotate.ExitCode);
        Assert.Contains("Create one: bento init", rotate.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory[".bento"]));
    }

    [Fact]
    public async Task A_directory_without_settings_gets_a_key_as_doctor_says()
    {
        _ = _directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = _directory.WriteFile("bento.json", "{}");

        Assert.Equal(ExitCodes.Success, (await RunAsync("trust", "rotate")).ExitCode);
    }

    [Fact]
    public async Task Show_prints_an_attribute_set_that_nix_reads()
    {
        Assert.SkipUnless(TestBench.Nix.PrivateNixStore.IsNixInstalled, "Nix is not installed");
        await InitAsync();
        using var nix = new TestBench.Nix.PrivateNixStore();

        var show = await RunAsync("trust", "show", "--nix");
        var evaluated = await CliProcess.RunAsync("nix-instantiate", ["--eval", "--strict", "--json", "-E", show.Out], nix.Environment);

        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        using var document = JsonDocument.Parse(evaluated.Out);
        Assert.Equal(PublicKeyOf("signing-key").ToString(), document.RootElement.GetProperty("keys")[0].GetString());
    }

    [Fact]
    public async Task T10_rotate_adds_a_key_beside_the_old_one_and_revoke_takes_the_old_one_away()
    {
        await InitAsync();
        var before = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);

        var rotate = await RunAsync("trust", "rotate");
        var between = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);
        var revoke = await RunAsync("trust", "revoke", PublicKeyOf("signing-key").Fingerprint.ToString());
        var after = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (rotate.ExitCode, revoke.ExitCode));
        Assert.Equal(PublicKeyOf("signing-key-2").ToString(), rotate.Out.Trim());
        Assert.Equal(
            before.Replace("[\".bento/signing-key\"]", "[\".bento/signing-key\", \".bento/signing-key-2\"]", StringComparison.Ordinal),
            between);
        Assert.Equal(before.Replace("[\".bento/signing-key\"]", "[\".bento/signing-key-2\"]", StringComparison.Ordinal), after);
        Assert.Contains("Hosts still trust it", revoke.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_key_and_one_that_the_threshold_needs_are_not_revoked()
    {
        await InitAsync();
        var last = await RunAsync("trust", "revoke", ".bento/signing-key");
        _ = await RunAsync("trust", "rotate");
        var text = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            _directory["bento.json"],
            text.Replace("\"keys\":", "\"threshold\": 2, \"keys\":", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var needed = await RunAsync("trust", "revoke", "signing-key-2@");

        Assert.Equal((ExitCodes.Configuration, ExitCodes.Configuration), (last.ExitCode, needed.ExitCode));
        Assert.Contains("last key", last.Error, StringComparison.Ordinal);
        Assert.Contains("signing.threshold is 2", needed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_lost_is_shown_and_can_be_revoked()
    {
        await InitAsync();
        _ = await RunAsync("trust", "rotate");
        File.Delete(_directory[".bento/signing-key"]);

        var show = await RunAsync("trust", "show");
        var revoke = await RunAsync("trust", "revoke", ".bento/signing-key");

        Assert.Equal((ExitCodes.Machine, ExitCodes.Success), (show.ExitCode, revoke.ExitCode));
        Assert.Contains("cannot be read", show.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await RunAsync("trust", "show")).ExitCode);
    }

    [Fact]
    public async Task A_key_that_nobody_or_several_are_called_by_is_an_error_that_names_them()
    {
        await InitAsync();
        _ = await RunAsync("trust", "rotate");
        _ = await RunAsync("trust", "rotate");

        var nobody = await RunAsync("trust", "revoke", "somebody");
        var several = await RunAsync("trust", "revoke", "signing-key-");

        Assert.Equal((ExitCodes.Configuration, ExitCodes.Configuration), (nobody.ExitCode, several.ExitCode));
        Assert.Contains(PublicKeyOf("signing-key").Fingerprint.ToString(), nobody.Error, StringComparison.Ordinal);
        Assert.Contains(PublicKeyOf("signing-key-3").Fingerprint.ToString(), several.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_ones_own_signs_and_is_not_taken_twice()
    {
        await InitAsync();
        var own = _directory["mine"];
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "a passphrase", "-C", "mine", "-f", own);

        var first = await RunAsync("trust", "rotate", "--key", own);
        var again = await RunAsync("trust", "rotate", "--key", own + ".pub");

        Assert.Equal((ExitCodes.Success, ExitCodes.Configuration), (first.ExitCode, again.ExitCode));
        Assert.EndsWith(" mine", first.Out.Trim(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task T10_a_key_that_hosts_may_still_need_is_revoked_only_by_somebody_who_is_sure_and_refresh_says_what_that_did()
    {
        Assert.SkipUnless(TestBench.Nix.PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new TestBench.Nix.PrivateNixStore();
        await InitAsync();
        Directory.Delete(_directory["hosts/example"], recursive: true);
        _ = new TestBench.Nix.TestFlake().With("web").WriteTo(_directory["hosts/lab"]);
        var environment = new Dictionary<string, string?>(nix.Environment) { ["BENTO_DIR"] = _directory.FullPath };
        var deploy = await CliProcess.RunAsync(environment, "deploy");
        Assert.True(deploy.ExitCode == ExitCodes.Success, deploy.Error);
        Assert.Equal(ExitCodes.Success, (await CliProcess.RunAsync(environment, "trust", "rotate")).ExitCode);
        var before = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);
        var old = PublicKeyOf("signing-key").Fingerprint.ToString();

        var asked = await CliProcess.RunAsync(environment, "trust", "revoke", old);
        Assert.Equal(ExitCodes.HostFailed, asked.ExitCode);
        Assert.Contains("These hosts may not trust the remaining key: web", asked.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken));

        var sure = await CliProcess.RunAsync(environment, "trust", "revoke", old, "--yes");
        Assert.Equal(ExitCodes.Success, sure.ExitCode);
        Assert.Contains("web", sure.Error, StringComparison.Ordinal);

        var refresh = await CliProcess.RunAsync(environment, "refresh");
        Assert.Equal(ExitCodes.HostFailed, refresh.ExitCode);
        Assert.Contains(
            $"The release in its area is signed by {old}, and by too few of signing.keys",
            refresh.Out + refresh.Error,
            StringComparison.Ordinal);
        Assert.Contains("put it back into signing.keys", refresh.Out + refresh.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_shows_everything_and_signs_only_when_it_is_given_a_key()
    {
        Assert.SkipUnless(TestBench.Nix.PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new TestBench.Nix.PrivateNixStore();
        var fleet = nix.CreateDirectory("fleet");
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", "offline", "-f", _directory["offline"]);
        File.Copy(_directory["offline.pub"], Path.Join(fleet, "offline.pub"));
        await File.WriteAllTextAsync(
            Path.Join(fleet, "bento.json"), "{ \"signing\": { \"keys\": [\"offline.pub\"] } }", TestContext.Current.CancellationToken);
        _ = new TestBench.Nix.TestFlake().With("web").WriteTo(Path.Join(fleet, "hosts", "lab"));
        var environment = new Dictionary<string, string?>(nix.Environment) { ["BENTO_DIR"] = fleet };
        var media = _directory["media"];

        var deploy = await CliProcess.RunAsync(environment, "deploy", "--for-signing", media);
        var early = await CliProcess.RunAsync(environment, "publish", media);
        var show = await RunAsync("sign", media);
        var sign = await RunAsync("sign", media, "--key", _directory["offline"]);
        var publish = await CliProcess.RunAsync(environment, "publish", media);

        Assert.True(deploy.ExitCode == ExitCodes.Success, deploy.Error);
        Assert.Equal(ExitCodes.HostFailed, early.ExitCode);
        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (show.ExitCode, sign.ExitCode));
        Assert.Contains("web: release 1 of the fleet 'bento'", show.Out, StringComparison.Ordinal);
        Assert.Contains("not yet", show.Out, StringComparison.Ordinal);
        Assert.True(publish.ExitCode == ExitCodes.Success, publish.Error);
        Assert.True(File.Exists(Path.Join(fleet, ".bento", "areas", "web", "release.json")));

        await File.WriteAllTextAsync(
            Path.Join(media, "other.json"), """{"payload":"","signatures":null}""", TestContext.Current.CancellationToken);
        var beside = await RunAsync("sign", media);
        Assert.Equal(ExitCodes.HostFailed, beside.ExitCode);
        Assert.Contains("web: release 1 of the fleet 'bento'", beside.Out, StringComparison.Ordinal);
        Assert.Contains("other.json): This is not a release to sign: $.signatures is null", beside.Error, StringComparison.Ordinal);
    }

    private async Task InitAsync() => Assert.Equal(ExitCodes.Success, (await RunAsync("init")).ExitCode);

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(_directory.FullPath, arguments);

    private SshPublicKey PublicKeyOf(string name) => SshPublicKey.Parse(File.ReadAllText(_directory[$".bento/{name}.pub"]));
}
