using Bento.Administration;
using Bento.Files;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Transport;

namespace Bento.Engine.Tests.Transport;

public sealed class HostAccountRuleTests
{
    private const string Areas = "/srv/bento/areas";

    private static readonly SshPublicKey Key = SshPublicKey.Parse(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS it's me");

    [Theory]
    [InlineData(8u, "/var/mail", true, false)]
    [InlineData(34u, "/nonexistent", false, false)]
    [InlineData(65534u, "/nonexistent", false, false)]
    [InlineData(112u, "/var/lib/postgresql", true, false)]
    [InlineData(1000u, "/home/alice", true, false)]
    [InlineData(0u, "/root", true, false)]
    [InlineData(999u, "/nonexistent", false, true)]
    [InlineData(999u, "/var/empty", true, true)]
    [InlineData(999u, "/home/gone", false, true)]
    [InlineData(999u, "/srv/bento/areas/web", true, true)]
    public void T12_an_account_of_a_service_or_of_a_person_is_not_that_of_a_host(uint id, string home, bool hasHome, bool mayBe) =>
        Assert.Equal(mayBe, HostAccountRule.FindObjection(User(id, home), isInGroup: false, hasHome, Areas) is null);

    [Theory]
    [InlineData(34u, true)]
    [InlineData(1000u, true)]
    [InlineData(0u, false)]
    public void Who_is_in_the_group_of_the_hosts_was_put_there_by_somebody_but_root_is_never_a_host(uint id, bool mayBe) =>
        Assert.Equal(mayBe, HostAccountRule.FindObjection(User(id, "/home/x"), isInGroup: true, hasHome: true, Areas) is null);

    [Theory]
    [InlineData("mail")]
    [InlineData("backup")]
    public async Task T12_a_host_called_like_a_service_gets_no_area_and_no_advice_that_gives_it_the_account(string name)
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives areas to system users");
        Assert.SkipUnless(SystemUser.Find(name) is not null, $"no account {name} here");
        using var directory = new TempDirectory();
        var area = new LocalDirectorySession(directory.FullPath, AreaOwnership.SystemUsers).OpenArea(HostName.Parse(name));

        var exception = await Assert.ThrowsAsync<TransportException>(() => area.EnsureAsync(TestContext.Current.CancellationToken));
        var problems = await area.CheckAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TransportFailure.Denied, exception.Failure);
        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(problems, problem => problem.Message == exception.Message);
        Assert.DoesNotContain(
            problems.Select(problem => problem.NextStep.Text).Append(exception.NextStep?.Text),
            advice => advice!.Contains("usermod", StringComparison.Ordinal) || advice.Contains("chgrp", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.FullPath));
        var refused = Assert.Throws<TransportException>(() => AccountSteps.Add(
            HostName.Parse(name),
            Key,
            new AccountFacts(directory.FullPath) { HasUser = true, Objection = new Objection(exception.Message) }));
        Assert.DoesNotContain("usermod", refused.NextStep?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_groups_of_a_user_are_its_primary_one_and_all_others()
    {
        var root = SystemUser.Find("root")!;

        Assert.Equal("/root", root.Home);
        Assert.True(root.IsIn("root"));
        Assert.False(root.IsIn("bento-nobody-made-me"));
    }

    private static SystemUser User(uint id, string home) => new("web", new FileOwner(id, id), home);
}
