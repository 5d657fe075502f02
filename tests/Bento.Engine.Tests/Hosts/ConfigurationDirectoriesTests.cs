using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

public sealed class ConfigurationDirectoriesTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public void Dispose() => _bento.Dispose();

    [Fact]
    public void Every_directory_below_hosts_is_one_by_what_lies_in_it()
    {
        _bento.WriteFile("hosts/flake/flake.nix");
        _bento.WriteFile("hosts/both/flake.nix");
        _bento.WriteFile("hosts/both/configuration.nix");
        _bento.WriteFile("hosts/channel/configuration.nix");
        _bento.WriteFile("hosts/README.md");
        _bento.WriteFile("hosts/.hidden/flake.nix");

        var (directories, problems) = Find();

        Assert.Equal(
            [("hosts/both", ConfigurationKind.Flake), (
                "hosts/channel", ConfigurationKind.Channel), ("hosts/flake", ConfigurationKind.Flake)],
            directories.Select(directory => (directory.Path, directory.Kind)));
        Assert.Empty(problems);
    }

    [Fact]
    public void A_directory_without_a_configuration_is_no_host_and_hides_no_other()
    {
        _bento.WriteFile("hosts/good/flake.nix");
        _bento.WriteFile("hosts/junk/notes.txt");

        var found = Find();

        Assert.Equal("hosts/good", Assert.Single(found.Directories).Path);
        Assert.Empty(found.Problems);
        Assert.Equal("hosts/junk", Assert.Single(found.Others).Path);
    }

    [Fact]
    public void The_marks_in_a_directory_are_found()
    {
        _bento.WriteFile("hosts/lab/flake.nix");
        _bento.WriteFile("hosts/lab/REBOOT");
        _bento.WriteFile("hosts/lab/SELF_UPDATE");
        _bento.WriteFile("hosts/other/flake.nix");
        _bento.WriteFile("hosts/other/NOLOCALBUILD");

        Assert.Equal(
            [DirectoryMarks.Reboot | DirectoryMarks.SelfUpdate, DirectoryMarks.EvaluateOnly],
            Find().Directories.Select(directory => directory.Marks));
    }

    [Fact]
    public void A_flake_at_the_root_is_the_whole_fleet()
    {
        _bento.WriteFile("flake.nix");
        _bento.WriteFile("hosts/lab/flake.nix");

        var directory = Assert.Single(Find().Directories);

        Assert.True(directory.IsWholeTree);
        Assert.Equal(".", directory.Path);
    }

    [Fact]
    public void The_layout_hosts_looks_past_a_flake_at_the_root()
    {
        _bento.WriteFile("flake.nix");
        _bento.WriteFile("hosts/lab/flake.nix");

        Assert.Equal("hosts/lab", Assert.Single(Find(FleetLayout.Hosts).Directories).Path);
    }

    [Fact]
    public void A_bento_directory_that_is_not_there_is_said()
    {
        var exception = Assert.Throws<InvalidFleetException>(() => ConfigurationDirectories.Find(_bento["no"], FleetLayout.Auto));

        Assert.Contains(_bento["no"], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bento_directory_with_neither_flake_nor_hosts_is_said() =>
        Assert.Contains(
            "neither a flake.nix nor a directory hosts/",
            Assert.Throws<InvalidFleetException>(() => Find()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_hosts_directory_without_a_host_is_said()
    {
        Directory.CreateDirectory(_bento["hosts"]);

        Assert.Contains("no host in it yet", Assert.Throws<InvalidFleetException>(() => Find()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_flake_wants_a_flake_at_the_root()
    {
        _bento.WriteFile("hosts/lab/flake.nix");

        Assert.Contains(
            "no flake.nix at the root",
            Assert.Throws<InvalidFleetException>(() => Find(FleetLayout.Flake)).Message,
            StringComparison.Ordinal);
    }

    private FoundDirectories Find(FleetLayout layout = FleetLayout.Auto) => ConfigurationDirectories.Find(_bento.FullPath, layout);
}
