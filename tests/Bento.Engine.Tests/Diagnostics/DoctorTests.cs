using Bento.Diagnostics;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Diagnostics;

public sealed class DoctorTests : IDisposable
{
    private readonly TempDirectory _keys = new();
    private readonly DeployBench _bench;

    public DoctorTests()
    {
        _ = Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", _keys["key"]);
        _bench = new DeployBench(parts: builder => builder.ConfigureSigning(options => options.KeyFiles.Add(_keys["key"])));
        _bench.Flake("lab", "h1");
    }

    public void Dispose()
    {
        _bench.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task A_fleet_in_which_all_is_well_has_no_finding()
    {
        await _bench.DeployAsync();

        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_found_at_once_with_what_repairs_it()
    {
        await _bench.DeployAsync();
        _bench.Flake("inputs", "h2", "  inputs.nixpkgs.url = \"nixpkgs\";");
        _bench.Directory.WriteFile("hosts/empty/README");
        File.SetUnixFileMode(_keys["key"], (UnixFileMode)0b110_100_100);
        _bench.Clock.AdjustTime(_bench.Clock.GetUtcNow() - TimeSpan.FromDays(400));

        var findings = await FindingsAsync();

        Assert.All(findings, finding => Assert.NotNull(finding.NextStep));
        Assert.Contains(findings, finding => finding is { Subject: "configuration", NextStep: not null }
            && finding.Message.Contains("no flake.lock", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Message.Contains("hosts/empty", StringComparison.Ordinal));
        Assert.Contains(
            findings,
            finding => finding is { Subject: "keys", Kind: FindingKind.Problem }
                && finding.NextStep?.Text == $"Run: chmod 600 {_keys["key"]}");
        Assert.Contains(findings, finding => finding is { Subject: "records", Kind: FindingKind.Problem }
            && finding.Host == HostName.Parse("h1")
            && finding.NextStep!.Text.Contains("timedatectl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_looks_like_a_private_key_and_would_be_shipped_is_a_warning()
    {
        _bench.Directory.WriteFile("hosts/lab/tls.pem", File.ReadAllText(_keys["key"]));
        _bench.Directory.WriteFile("hosts/lab/age.txt", "# created: today\nAGE-SECRET-KEY-1QQQQ\n");
        _bench.Directory.WriteFile("hosts/lab/ca.pem", "-----BEGIN CERTIFICATE-----\n");
        _bench.Directory.WriteFile("hosts/lab/notes.md", "A key begins with -----BEGIN PRIVATE KEY-----\n");
        await _bench.DeployAsync();

        Assert.Equal(
            ["hosts/lab/age.txt", "hosts/lab/tls.pem"],
            from finding in await FindingsAsync()
            where finding is { Subject: "configuration", Kind: FindingKind.Warning }
            select finding.Message.Split(' ')[0]);
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(25, FindingKind.Warning)]
    [InlineData(31, FindingKind.Problem)]
    public async Task A_release_is_told_of_before_it_expires(int days, FindingKind? kind)
    {
        await _bench.DeployAsync();
        _bench.Clock.Advance(TimeSpan.FromDays(days));

        var findings = (await FindingsAsync()).Where(finding => finding.Subject == "records").ToList();

        Assert.Equal(kind is { } expected ? [expected] : [], findings.Select(finding => finding.Kind));
        Assert.All(findings, finding => Assert.Equal((NextStepVerb.Refresh, "h1"), Meant(finding)));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_hides_nothing_else()
    {
        await _bench.DeployAsync();
        _bench.Directory.WriteFile(".bento/hosts/h1.json", "garbage");
        _bench.Directory.WriteFile("hosts/empty/README");

        var findings = await FindingsAsync();

        Assert.Contains(findings, finding => finding.Subject == "records" && finding.Host == HostName.Parse("h1"));
        Assert.Contains(findings, finding => finding.Subject == "configuration");
    }

    [Fact]
    public async Task A_host_that_has_only_one_of_configuration_and_area_is_told()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(HostName.Parse("gone"), "release.json", "{}");
        _bench.Directory.WriteFile("hosts/fresh/configuration.nix");

        var findings = await FindingsAsync();

        Assert.Contains(findings, finding =>
            finding.Host == HostName.Parse("gone") && Meant(finding) == (NextStepVerb.RemoveHost, "gone"));
        Assert.Contains(findings, finding =>
            finding.Host == HostName.Parse("fresh") && Meant(finding) == (NextStepVerb.Deploy, "fresh"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData(null)]
    public async Task A_release_that_is_none_or_is_gone_is_told(string? release)
    {
        await _bench.DeployAsync();
        if (release is null)
        {
            await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
            Assert.True(await session.OpenArea(HostName.Parse("h1")).DeleteAsync("release.json", TestContext.Current.CancellationToken));
        }
        else
        {
            _bench.Transport.Server.Put(HostName.Parse("h1"), "release.json", release);
        }

        var finding = Assert.Single(await FindingsAsync());

        Assert.Equal(("releases", FindingKind.Problem), (finding.Subject, finding.Kind));
        Assert.Equal((NextStepVerb.Deploy, "h1"), Meant(finding));
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_told()
    {
        await _bench.DeployAsync();
        _ = File.CreateSymbolicLink(_bench.Directory["hosts/dead"], "gone");
        _ = File.CreateSymbolicLink(_bench.Directory["hosts/.#edited"], "me@here");

        Assert.Contains("hosts/dead: It is a link to 'gone'", Assert.Single(await FindingsAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_publisher_left_is_told_with_the_command_that_removes_it_and_what_a_living_one_has_is_not()
    {
        await _bench.DeployAsync();
        _bench.Transport.Server.Put(HostName.Parse("h1"), ".0123456789abcdef.tmp", "half");
        _bench.Transport.Server.Put(HostName.Parse("h1"), "content/.fedcba9876543210.tmp", "half");
        _bench.Directory.WriteFile(".bento/work/0a/1/file");
        using var alive = WorkDirectory.Create(_bench.Directory[".bento/work"]);
        _bench.Directory.WriteFile(".bento/work/0b/1/file");

        var young = await FindingsAsync();
        _bench.Clock.Advance(TimeSpan.FromHours(2));
        var old = await FindingsAsync();

        Assert.Equal(
            $"Run: rm -r {_bench.Directory[".bento/work/0a"]}", young.First(finding => finding.Subject == "leftovers").NextStep?.Text);
        Assert.Equal(2, young.Count(finding => finding.Subject == "leftovers"));
        Assert.EndsWith(
            "rm -r h1/.0123456789abcdef.tmp h1/content/.fedcba9876543210.tmp",
            Assert.Single(old, finding => finding is { Subject: "leftovers", Host: not null }).NextStep?.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Nix_and_without_keys_both_are_told()
    {
        using var bench = new DeployBench(parts: builder => builder.ConfigureNix(options => options.ProgramDirectory = "/nowhere"));
        bench.Flake("lab", "h1");

        var findings = await bench.Get<IDoctor>().ExamineAsync(TestContext.Current.CancellationToken);

        Assert.Contains(findings, finding => finding is { Subject: "programs", Kind: FindingKind.Problem }
            && finding.NextStep!.Text.Contains("nix-bin", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding is { Subject: "keys", Kind: FindingKind.Warning });
    }

    [Fact]
    public void What_sshd_would_do_with_a_host_is_compared_setting_by_setting()
    {
        const string Good =
            "chrootdirectory /srv/bento/%u\nforcecommand internal-sftp -u 0027\ndisableforwarding yes\npermittty no\npermituserrc "
                + "no\nauthenticationmethods publickey\nauthorizedkeysfile /etc/ssh/authorized_keys.d/%u\n";

        Assert.Empty(SshdExamination.Judge(Good, "/srv/bento", "web", _ => false));
        var bad = Assert.Single(SshdExamination.Judge(
            Good.Replace("%u", "x", StringComparison.Ordinal).Replace("permittty no", "permittty yes", StringComparison.Ordinal),
            "/srv/bento",
            "web",
            _ => false));
        Assert.Contains(
            "chrootdirectory is '/srv/bento/x' and not '/srv/bento/%u'; permittty is 'yes' and not 'no'",
            bad.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "forcecommand is 'not set'",
            Assert.Single(SshdExamination.Judge(string.Empty, "/srv/bento", "web", _ => false)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        ".ssh/authorized_keys .ssh/authorized_keys2",
        false,
        false,
        "authorizedkeysfile is '.ssh/authorized_keys .ssh/authorized_keys2' and not '/etc/ssh/authorized_keys.d/%u'")]
    [InlineData("/srv/keys/%u", false, true, "authorizedkeysfile is '/srv/keys/%u'")]
    [InlineData("/srv/keys/%u", true, false, null)]
    [InlineData("%h/.ssh/authorized_keys /etc/ssh/authorized_keys.d/%u", true, false, null)]
    [InlineData("/etc/ssh/authorized_keys.d/%u", false, true, null)]
    public void Where_sshd_looks_for_the_key_of_a_host_is_looked_at_too(string files, bool hasFile, bool misses, string? wrong)
    {
        var settings =
            "chrootdirectory /srv/bento/%u\nforcecommand internal-sftp -u 0027\ndisableforwarding yes\npermittty no\npermituserrc "
                + $"no\nauthenticationmethods publickey\nauthorizedkeysfile {files}\nauthorizedkeyscommand none\n";

        var findings = SshdExamination.Judge(settings, "/srv/bento", "web", _ => hasFile);
        var key = SshdExamination.KeyProblem(settings, "web", _ => hasFile);

        Assert.Equal(wrong is null, findings.Count == 0);
        Assert.Contains(wrong ?? string.Empty, findings.SingleOrDefault()?.Message ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(misses, key is not null);
        Assert.Equal(misses ? (NextStepVerb.AddHost, "web") : (null, null), key is null ? (null, null) : Meant(key));
    }

    private static (NextStepVerb? Verb, string? Host) Meant(Finding finding) =>
        (finding.NextStep?.Verb, finding.NextStep?.Host?.ToString());

    private async Task<IReadOnlyList<Finding>> FindingsAsync()
    {
        var findings = await _bench.Get<IDoctor>().ExamineAsync(TestContext.Current.CancellationToken);

        // The Nix and the disks of the machine that runs the tests are not theirs.
        return [.. findings.Where(finding => finding.Subject is not ("programs" or "disks"))];
    }
}
