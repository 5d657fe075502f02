using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Transport;

public sealed class LocalDirectorySystemUsersTests : IDisposable
{
    private readonly TempDirectory _directory;
    private readonly SystemUsers _users;

    public LocalDirectorySystemUsersTests()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root makes system users");
        _directory = new TempDirectory();
        _users = new SystemUsers(1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AreaDirectory => _directory[_users.Hosts[0].ToString()];

    public void Dispose()
    {
        _users?.Dispose();
        _directory?.Dispose();
    }

    [Fact]
    public async Task An_area_belongs_to_root_and_only_the_place_for_reports_to_the_host()
    {
        var area = Open();
        await area.EnsureAsync(Token);
        await area.WriteAsync("release.json", new MemoryStream([1]), Token);
        await area.EnsureDirectoryAsync("config", Token);
        await area.WriteAsync("config/bootstrap.sh", new MemoryStream([1]), Token);

        var host = _users.Hosts[0];
        Assert.Equal(
            [
                $"root:{host} 640 config/bootstrap.sh",
                    $"root:{host} 640 release.json",
                    $"root:{host} 750 ",
                    $"root:{host} 750 config",
                    $"root:{host} 750 content",
                    $"{host}:{host} 750 logs",
                ],
            Shell.Run("find", AreaDirectory, "-printf", "%u:%g %m %P\\n")
                .Split('\n')
                .Order(StringComparer.Ordinal)
                .OrderBy(line => line.StartsWith("bt-")));
    }

    [Fact]
    public async Task A_host_without_a_system_user_is_denied_and_told_how_to_get_one()
    {
        var area = new LocalDirectorySession(_directory.FullPath, AreaOwnership.SystemUsers).OpenArea(Bento.HostName.Parse("bt-nobody"));

        var exception = await Assert.ThrowsAsync<TransportException>(() => area.EnsureAsync(Token));

        Assert.Equal(TransportFailure.Denied, exception.Failure);
        Assert.Contains("'bt-nobody'", exception.Message);
        Assert.Equal((NextStepVerb.AddHost, "bt-nobody"), (exception.NextStep?.Verb, exception.NextStep?.Host?.ToString()));
        Assert.Contains("users.users.bt-nobody", exception.NextStep?.Text);
        Assert.Contains(await area.CheckAsync(Token), problem => problem.NextStep == exception.NextStep);
    }

    [Fact]
    public async Task Checking_names_each_component_that_sshd_would_refuse_and_the_command_that_repairs_it()
    {
        var area = Open();
        await area.EnsureAsync(Token);
        Shell.Run("chown", "1:1", _directory.FullPath);
        Shell.Run("chmod", "0775", AreaDirectory);
        Shell.Run("chown", "root", Path.Combine(AreaDirectory, "logs"));

        var problems = await area.CheckAsync(Token);

        Assert.Contains(problems, problem => problem.NextStep.Text.EndsWith($"Run: chown root {_directory.FullPath}"));
        Assert.Contains(problems, problem => problem.NextStep.Text.EndsWith($"Run: chmod go-w {AreaDirectory}"));
        Assert.Contains(problems, problem => problem.NextStep.Text.EndsWith($"Run: chmod o= {AreaDirectory}"));
        Assert.Contains(problems, problem => problem.Message.Contains("logs") && problem.NextStep.Text.Contains("chown"));

        // /tmp may be written by everybody: no place for a chroot, and nothing that anybody should change.
        Assert.Contains(
            problems, problem => problem.Message.StartsWith("'/tmp' ") && problem.NextStep.Text.StartsWith("Put the areas elsewhere"));
        Assert.DoesNotContain(problems, problem => problem.NextStep.Text.EndsWith(" /tmp"));
    }

    private IArea Open() => new LocalDirectoryTransport(
            Options.Create(new LocalDirectoryOptions { Directory = _directory.FullPath, Ownership = AreaOwnership.SystemUsers }))
        .ConnectAsync(Token).GetAwaiter().GetResult().OpenArea(_users.Hosts[0]);
}
