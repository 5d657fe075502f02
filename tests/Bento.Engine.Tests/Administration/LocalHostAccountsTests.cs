using System.Security.Cryptography;
using Bento.Administration;
using Bento.Processes;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Administration;

/// <summary>Accounts of hosts: what would be done, and, as root, that it does what it says on a real system.</summary>
public sealed class LocalHostAccountsTests
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly SshPublicKey Key = SshPublicKey.Parse(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS it's me");
    private static readonly AccountFacts Nothing = new("/srv/bento");
    private static readonly AccountFacts Everything = new("/srv/bento")
    {
        HasGroup = true,
        HasUser = true,
        IsHost = true,
        Keys = $"{Key}\n",
        HasArea = true,
        Sshd = new SshdConfiguration("/srv/bento", 100).ToString(),
    };

    [Fact]
    public void A_server_with_nothing_gets_everything_in_order() => Assert.Equal(
        [
            "the group of all hosts",
            "the account",
            "its key",
            "the directory of the areas",
            "its area",
            "where it reports",
            "a look at what sshd would be told",
            "what sshd must know",
        ],
        AccountSteps.Add(Web, Key, Nothing).Select(step => step.Purpose));

    [Fact]
    public void A_server_with_everything_gets_nothing() => Assert.Empty(AccountSteps.Add(Web, Key, Everything));

    [Fact]
    public void Only_what_is_missing_is_done()
    {
        Assert.Equal(["its key"], AccountSteps.Add(Web, Key, Everything with { Keys = "another\n" }).Select(step => step.Purpose));
        Assert.Equal(
            ["a look at what sshd would be told", "what sshd must know", "sshd reads it"],
            AccountSteps.Add(Web, Key, Everything with { Sshd = null, SshdUnit = "ssh.service" }).Select(step => step.Purpose));
    }

    [Theory]
    [InlineData("ChrootDirectory /srv/bento/%u", "ChrootDirectory /srv/old/%u")]
    [InlineData("  AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u\n", "")]
    [InlineData("Match Group bento-hosts", "Match Group others")]
    public void What_sshd_was_told_is_compared_and_told_again_where_it_differs(string said, string instead)
    {
        var steps = AccountSteps.Add(
            Web,
            Key,
            Everything with { Sshd = Everything.Sshd!.Replace(said, instead, StringComparison.Ordinal), SshdUnit = "ssh.service" });

        Assert.Equal(["a look at what sshd would be told", "what sshd must know", "sshd reads it"], steps.Select(step => step.Purpose));
        Assert.Equal(Everything.Sshd, steps[1].Input);
        Assert.EndsWith(steps[1].Input, steps[0].Input, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_hosts_and_what_else_stands_there_is_the_administrators()
    {
        var more = new SshdConfiguration("/srv/bento", 500).ToString();

        Assert.Empty(AccountSteps.Add(Web, Key, Everything with { Sshd = $"# mine\n{more}LogLevel VERBOSE\n" }));
        Assert.Equal(
            more, AccountSteps.Add(Web, Key, Everything with { Sshd = new SshdConfiguration("/srv/old", 500).ToString() })[1].Input);
    }

    [Fact]
    public void A_file_that_sshd_does_not_take_is_found_before_it_is_in_place()
    {
        Assert.SkipUnless(Shell.IsRoot && File.Exists("/etc/ssh/sshd_config") && File.Exists("/usr/sbin/sshd"), "there is no sshd to ask");
        var look = AccountSteps.Add(Web, Key, Everything with { Sshd = null })[0];

        Assert.Equal(0, Ask(look.ToString()).ExitCode);
        Assert.NotEqual(0, Ask(look.ToString().Replace("PermitTTY", "PermitNothing", StringComparison.Ordinal)).ExitCode);

        static (int ExitCode, string Output) Ask(string command) => Shell.Try("sh", "-c", command);
    }

    [Fact]
    public void The_account_of_a_person_or_a_service_is_never_given_to_a_host()
    {
        var failure = Assert.Throws<TransportException>(
            () => AccountSteps.Add(HostName.Parse("root"), Key, Nothing with { HasUser = true }));

        Assert.Contains("it is not a host of Bento", failure.Message, StringComparison.Ordinal);
        Assert.Empty(AccountSteps.Remove(HostName.Parse("root"), withArea: true, Nothing with { HasUser = true }));
    }

    [Fact]
    public void A_command_is_printed_as_it_is_typed() => Assert.Equal(
        @"printf %s 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS it'\''s me"
            + "\n' | install -D --mode=0644 /dev/stdin /etc/ssh/authorized_keys.d/web",
        AccountSteps.Add(Web, Key, Everything with { Keys = null }).Single().ToString());

    [Fact]
    public void S42_What_sshd_is_told_leaves_a_host_its_files_and_nothing_else()
    {
        var text = AccountSteps.Add(Web, Key, Everything with { Sshd = null })[1].Input;

        Assert.All(
            [
                "ChrootDirectory /srv/bento/%u",
                "DisableForwarding yes",
                "PermitTTY no",
                "PermitUserRC no",
                "AuthenticationMethods publickey",
                "AuthorizedKeysFile /etc/ssh/authorized_keys.d/%u",
            ],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task The_steps_make_an_account_and_an_area_that_a_publisher_accepts_and_take_them_away_again()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root makes system users");
        var host = HostName.Parse($"bt-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var areas = Directory.CreateDirectory($"/var/lib/bento-test-{Guid.NewGuid():N}").FullName;
        var accounts = new LocalHostAccounts(
            Options.Create(new LocalDirectoryOptions { Directory = areas, Ownership = AreaOwnership.SystemUsers }),
            new CliWrapProcessRunner(TimeProvider.System));
        var cancellation = TestContext.Current.CancellationToken;
        var hadGroup = Shell.Try("getent", "group", SshdConfiguration.DefaultGroup).ExitCode == 0;
        try
        {
            // The sshd of the machine that runs the tests is left alone.
            var steps = (await accounts.PlanAsync(host, Key, cancellation)).Where(
                step => !step.Purpose.Contains("sshd", StringComparison.Ordinal) && step.Command[0] != "sshd").ToList();
            await accounts.ApplyAsync(steps, cancellation);

            Assert.DoesNotContain(
                await accounts.PlanAsync(host, Key, cancellation), step => steps.Any(done => done.Purpose == step.Purpose));
            Assert.Empty(await new LocalDirectorySession(areas, AreaOwnership.SystemUsers).OpenArea(host).CheckAsync(cancellation));
        }
        finally
        {
            await accounts.ApplyAsync(await accounts.PlanRemovalAsync(host, withArea: true, cancellation), CancellationToken.None);
            if (!hadGroup)
            {
                Shell.Try("groupdel", SshdConfiguration.DefaultGroup);
            }

            Shell.Try("rm", "-rf", areas);
        }

        Assert.Empty(await accounts.PlanRemovalAsync(host, withArea: true, cancellation));
        Assert.NotEqual(0, Shell.Try("id", host.ToString()).ExitCode);
        Assert.False(File.Exists(AccountSteps.KeyFile(host)));
    }
}
