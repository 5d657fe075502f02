using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

/// <summary>Secrets never become part of a tree, whatever leads to them.</summary>
public sealed class TreeSecretsTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public TreeSecretsTests() => _bento.WriteFile("hosts/lab/flake.nix", "{ }");

    public void Dispose() => _bento.Dispose();

    [Fact]
    public void Secrets_are_no_part_of_a_tree()
    {
        _bento.WriteFile("hosts/lab/secrets/password");
        _bento.WriteFile("hosts/lab/modules/secrets/not-ours");

        var scan = Scan();

        Assert.Equal(["flake.nix", "modules/", "modules/secrets/", "modules/secrets/not-ours"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Theory]
    [InlineData("../../hosts/lab/secrets/password")]
    [InlineData("secrets/password")]
    [InlineData("secrets")]
    [InlineData("../db/secrets")]
    [InlineData("../db/secrets/deep/password")]
    [InlineData("../db")]
    [InlineData("../..")]
    public void No_link_carries_a_secret_into_a_tree(string target)
    {
        _bento.WriteFile("hosts/lab/secrets/password");
        _bento.WriteFile("hosts/db/flake.nix");
        _bento.WriteFile("hosts/db/secrets/deep/password");
        File.CreateSymbolicLink(_bento["hosts/lab/link"], target);

        var scan = Scan();

        Assert.DoesNotContain(scan.Entries, entry => entry.FullPath.Contains("password", StringComparison.Ordinal));
        Assert.Contains(
            scan.Problems, problem => problem.Message.StartsWith("Secrets are there", StringComparison.Ordinal) || target == "../..");
    }

    [Theory]
    [InlineData("shared")]
    [InlineData(".old")]
    public void Secrets_of_a_directory_that_describes_no_host_are_kept_out_too(string name)
    {
        _bento.WriteFile("hosts/lab/flake.nix");
        _bento.WriteFile($"hosts/{name}/secrets/password");
        File.CreateSymbolicLink(_bento["hosts/lab/link"], $"../{name}/secrets");

        var scan = Scan();

        Assert.DoesNotContain(scan.Entries, entry => entry.FullPath.Contains("password", StringComparison.Ordinal));
        Assert.StartsWith("Secrets are there", Assert.Single(scan.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_flake_for_all_the_secrets_of_both_layouts_are_kept_out()
    {
        _bento.WriteFile("flake.nix");
        _bento.WriteFile("secrets/lab/password");
        _bento.WriteFile("hosts/lab/secrets/password");
        var directory = new ConfigurationDirectory(".", _bento.FullPath, ConfigurationKind.Flake, DirectoryMarks.None);

        var scan = TreeScanner.Scan(_bento.FullPath, directory, SecretsDirectory.FindAll(_bento.FullPath, [directory]), WorkTreeFiles.None);

        Assert.DoesNotContain(scan.Entries, entry => entry.FullPath.Contains("password", StringComparison.Ordinal));
        Assert.Equal("hosts/lab/secrets", Assert.Single(scan.Problems).Path);
    }

    private static IEnumerable<string> Names(TreeScan scan) =>
        scan.Entries.Select(entry => entry.Path + (entry.IsDirectory ? "/" : string.Empty)).Order(StringComparer.Ordinal);

    private TreeScan Scan(string name = "lab")
    {
        var (directories, _) = ConfigurationDirectories.Find(_bento.FullPath, FleetLayout.Auto);
        return TreeScanner.Scan(
            _bento.FullPath,
            new ConfigurationDirectory($"hosts/{name}", _bento[$"hosts/{name}"], ConfigurationKind.Flake, DirectoryMarks.None),
            SecretsDirectory.FindAll(_bento.FullPath, directories), WorkTreeFiles.None);
    }
}
