using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Hosts;

public sealed class HostCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _key;

    public HostCommandTests()
    {
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-C", "root@web", "-f", _directory["key"]);
        _key = File.ReadAllText(_directory["key.pub"]).Trim();
        _ = _directory.WriteFile("bento.json", "{\n  // ours\n  \"fleet\": \"home\",\n}\n");
        _ = _directory.WriteFile("hosts/web/configuration.nix", "{ }");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_host_that_is_added_is_listed_with_its_key_and_tags_and_what_it_has()
    {
        var add = await RunAsync("add", "web", "--key", _directory["key.pub"], "--tag", "lab", "--tag", "arm");
        var list = await RunAsync("list", "--json");

        Assert.Equal((ExitCodes.Success, ExitCodes.Success), (add.ExitCode, list.ExitCode));
        using var json = JsonDocument.Parse(list.Out);
        var host = Assert.Single(json.RootElement.GetProperty("hosts").EnumerateArray());
        Assert.Equal("web", host.GetProperty("host").GetString());
        Assert.Equal(["lab", "arm"], host.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(_key, host.GetProperty("key").GetString());
        Assert.StartsWith("SHA256:", host.GetProperty("fingerprint").GetString(), StringComparison.Ordinal);
        Assert.True(host.GetProperty("configuration").GetBoolean());
        Assert.False(host.GetProperty("area").GetBoolean());
        Assert.StartsWith(
            "{\n  // ours\n",
            await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Contains("web  ", (await RunAsync("list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_a_host_again_changes_nothing()
    {
        _ = await RunAsync("add", "web", "--key", _key);
        var before = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);

        var again = await RunAsync("add", "web", "--key", _key);

        Assert.Equal(ExitCodes.Success, again.ExitCode);
        Assert.Contains("already in bento.json", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_host_that_is_removed_leaves_bento_json_as_it_was_and_keeps_its_area_unless_told()
    {
        var before = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);
        _ = await RunAsync("add", "web", "--key", _key);
        _ = _directory.WriteFile(".bento/areas/web/logs/report");

        var removed = await RunAsync("remove", "web");
        Assert.Equal(ExitCodes.Success, removed.ExitCode);
        Assert.True(File.Exists(_directory[".bento/areas/web/logs/report"]));
        var after = await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("web", after, StringComparison.Ordinal);
        Assert.StartsWith(before[..^3], after, StringComparison.Ordinal);

        if (Shell.IsRoot)
        {
            Assert.Equal(ExitCodes.Success, (await RunAsync("remove", "web", "--yes")).ExitCode);
            Assert.False(Directory.Exists(_directory[".bento/areas/web"]));
        }
    }

    [Theory]
    [InlineData(".", "hosts")]
    [InlineData("hosts", "web")]
    [InlineData("hosts/web", "x")]
    [InlineData("utils", "web")]
    [InlineData("..", "web")]
    [InlineData("/", "srv")]
    [InlineData(".bento", "hosts")]
    [InlineData(".bento/hosts", "web")]
    [InlineData("link", "web")]
    public async Task Areas_never_lie_where_something_else_does(string areas, string host)
    {
        _ = File.CreateSymbolicLink(_directory["link"], "hosts");
        _ = _directory.WriteFile("bento.json", $$"""
            {
              "areas": { "directory": "{{areas}}" }
            }
            """);

        var remove = await RunAsync("remove", host, "--yes");
        var doctor = await CliRun.RunAsync(_directory.FullPath, "doctor");

        Assert.Equal(ExitCodes.Configuration, remove.ExitCode);
        Assert.Contains("bento.json:2: $.areas.directory", remove.Error, StringComparison.Ordinal);
        Assert.Contains("Give the areas a directory of their own", remove.Error, StringComparison.Ordinal);
        Assert.Contains("$.areas.directory", doctor.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("host remove", doctor.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory["hosts/web/configuration.nix"]));
    }

    [Fact]
    public async Task What_is_no_area_is_no_host_and_is_never_removed()
    {
        _ = _directory.WriteFile("bento.json", """{ "areas": { "directory": "areas" } }""");
        _ = _directory.WriteFile("areas/photos/holiday.jpg");
        _ = _directory.WriteFile("areas/web/release.json");
        _ = _directory.WriteFile("areas/web/diary");

        var list = await RunAsync("list");
        var photos = await RunAsync("remove", "photos", "--yes");
        var web = await RunAsync("remove", "web", "--yes");

        Assert.DoesNotContain("photos", list.Out, StringComparison.Ordinal);
        Assert.All([photos, web], run => Assert.Equal(ExitCodes.Transport, run.ExitCode));
        Assert.Contains("'holiday.jpg'", photos.Error, StringComparison.Ordinal);
        Assert.Contains("'diary'", web.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_directory["areas/photos/holiday.jpg"]) && File.Exists(_directory["areas/web/diary"]));
    }

    [Fact]
    public async Task The_command_for_the_new_host_is_printed_where_hosts_find_the_server()
    {
        _ = _directory.WriteFile("bento.json", """{ "bootstrap": { "host": "2001:db8::1", "port": 2022 } }""");

        var add = await RunAsync("add", "web", "--key", _key);

        Assert.Contains(
            "sftp -P 2022 -i /etc/ssh/ssh_host_ed25519_key web@[2001:db8::1]:config/bootstrap.sh . && sh bootstrap.sh",
            add.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_server_elsewhere_the_commands_are_printed_and_nothing_is_run()
    {
        _ = _directory.WriteFile(
            "bento.json",
            $$"""{ "server": { "host": "sftp.example.org", "user": "publisher", "privateKeyFile": "key", "hostKeys": ["{{_key}}"], "directory": "/srv/bento" } }""");

        var add = await RunAsync("add", "web", "--key", _key);

        Assert.Equal(ExitCodes.Success, add.ExitCode);
        Assert.Contains("groupadd --system bento-hosts\n", add.Out, StringComparison.Ordinal);
        Assert.Contains("--password '*' web\n", add.Out, StringComparison.Ordinal);
        Assert.Contains("| install -D --mode=0644 /dev/stdin /etc/ssh/authorized_keys.d/web\n", add.Out, StringComparison.Ordinal);
        Assert.Contains("install --directory --owner=root --group=web --mode=0750 /srv/bento/web\n", add.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1st", "KEY", "is not a host name")]
    [InlineData("../x", "KEY", "is not a host name")]
    [InlineData("web", "no-such-file", "neither a public key")]
    [InlineData("web", "key", "is a private key")]
    [InlineData("web", "bento.json", "must contain one public key")]
    public async Task A_name_or_a_key_that_is_none_is_refused_and_nothing_is_written(string name, string key, string why)
    {
        var run = await RunAsync("add", name, "--key", key == "KEY" ? _key : key);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "hosts",
            await File.ReadAllTextAsync(_directory["bento.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hosts_never_have_one_key_and_a_host_keeps_the_one_that_it_has()
    {
        _ = await RunAsync("add", "web", "--key", _key);
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", _directory["other"]);

        var twice = await RunAsync("add", "db", "--key", _key);
        var other = await RunAsync("add", "web", "--key", _directory["other.pub"]);
        var old = await RunAsync("add", "db", "--key", "ssh-dss AAAAB3NzaC1kc3MAAAAEAAAAAQ==");

        Assert.All([twice, other, old], run => Assert.Equal(ExitCodes.Configuration, run.ExitCode));
        Assert.Contains("'ssh-dss' cannot be used", old.Error, StringComparison.Ordinal);
        Assert.Contains("'web' has this key already", twice.Error, StringComparison.Ordinal);
        Assert.Contains("bento host remove web", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_bento_json_there_is_nothing_to_write_to()
    {
        File.Delete(_directory["bento.json"]);

        var run = await RunAsync("add", "web", "--key", _key);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("bento init", run.Error, StringComparison.Ordinal);
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(_directory.FullPath, ["host", .. arguments]);
}
