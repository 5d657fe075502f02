using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;

namespace Bento.Engine.Tests.Publishing;

public sealed class BootstrapScriptTests
{
    private const string HostKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS";

    [Fact]
    public void It_is_a_script_of_a_plain_posix_shell()
    {
        using var directory = new TempDirectory();

        var (exitCode, output) = Shell.Try("dash", "-n", directory.WriteFile("bootstrap.sh", Script(SomeRelease.Of("h1"))));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void It_knows_its_host_the_server_and_what_the_release_expects()
    {
        var release = SomeRelease.Of("h1");

        var script = Script(release);

        Assert.Contains("host='h1'\nserver='sftp.example.org'\nport='2022'\n", script, StringComparison.Ordinal);
        Assert.Contains(
            $"host_keys='{HostKey}'\narchive='{release.Content.Archive}'\nkind='flake'\nattribute='h1'\ndirectory=''\n"
                + $"flake='}}'\nmodified='197001010000.01'\nclosure=''\nexpected='{release.ExpectedSystem}'\n",
            script,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_nix_where_the_flake_lies_in_its_tree_which_attribute_it_is_and_of_which_commit()
    {
        var release = SomeRelease.Of("h1");

        var script = Script(release with
        {
            Attribute = "h1.example.org",
            Content = release.Content with { Subdirectory = "hosts/it's" },
            Provenance = new Provenance
            {
                Commit = new string('a', 40),
                CommittedAt = new DateTimeOffset(2026, 11, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            },
        });

        Assert.Contains(
            $"""
            attribute='h1.example.org'
            directory='hosts/it'\''s'
            flake=',"dir":"hosts/it\u0027s","rev":"{new string('a', 40)}"{'}'}'
            modified='202611020204.05'

            """,
            script,
            StringComparison.Ordinal);
    }

    [Fact]
    public void S10_It_never_takes_a_host_key_unseen()
    {
        var script = Script(SomeRelease.Of("h1"));

        Assert.Contains("StrictHostKeyChecking=yes", script, StringComparison.Ordinal);
        Assert.DoesNotContain("ssh-keyscan", script, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^ *eval ", script);
    }

    [Theory]
    [InlineData("a b", 22, null, nameof(BootstrapOptions.Host))]
    [InlineData("$(reboot)", 22, null, nameof(BootstrapOptions.Host))]
    [InlineData("-oProxyCommand=x", 22, null, nameof(BootstrapOptions.Host))]
    [InlineData("x", 0, null, nameof(BootstrapOptions.Port))]
    [InlineData("x", 22, "'; reboot; '", "HostKeys[0]")]
    public void What_cannot_stand_in_a_script_is_a_problem_of_the_options(string host, int port, string? key, string property)
    {
        var options = new BootstrapOptions { Host = host, Port = port };
        if (key is not null)
        {
            options.HostKeys.Add(key);
        }

        Assert.Equal(property, Assert.Single(BootstrapRules.Check(options)).Property);
    }

    private static string Script(Release release)
    {
        var options = new BootstrapOptions { Host = "sftp.example.org", Port = 2022 };
        options.HostKeys.Add($"{HostKey} root@it's a comment");
        return BootstrapScript.For(release, options);
    }
}
