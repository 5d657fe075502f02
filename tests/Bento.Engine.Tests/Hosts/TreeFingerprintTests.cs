using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

/// <summary>The fingerprint of a tree tells, without reading a file, whether anything in it may have changed.</summary>
public sealed class TreeFingerprintTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public TreeFingerprintTests() => _bento.WriteFile("hosts/lab/flake.nix", "{ }");

    public void Dispose() => _bento.Dispose();

    [Fact]
    public void The_fingerprint_stays_when_nothing_changes()
    {
        _bento.WriteFile("hosts/lab/sub/file", "text");

        Assert.Equal(Scan().Fingerprint, Scan().Fingerprint);
    }

    [Fact]
    public void The_fingerprint_moves_with_every_change_that_could_matter()
    {
        var file = _bento.WriteFile("hosts/lab/sub/file", "text");
        var seen = new HashSet<string> { Scan().Fingerprint };

        // Same length, same modification time: only the change time tells.
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "tExt");
        File.SetLastWriteTimeUtc(file, time);
        Assert.True(seen.Add(Scan().Fingerprint), "edit");
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
        Assert.True(seen.Add(Scan().Fingerprint), "chmod");
        File.Move(file, _bento["hosts/lab/sub/gile"]);
        Assert.True(seen.Add(Scan().Fingerprint), "rename");
        Directory.CreateDirectory(_bento["hosts/lab/empty"]);
        Assert.True(seen.Add(Scan().Fingerprint), "new directory");
        File.Delete(_bento["hosts/lab/sub/gile"]);
        Assert.True(seen.Add(Scan().Fingerprint), "removal");
        _bento.WriteFile("hosts/lab/.bentoignore", "empty");
        Assert.True(seen.Add(Scan().Fingerprint), "ignored");
    }

    [Fact]
    public void The_fingerprint_does_not_move_with_what_is_not_shipped()
    {
        var before = Scan().Fingerprint;

        _bento.WriteFile("hosts/lab/.git/index");
        _bento.WriteFile("hosts/lab/REBOOT");

        Assert.Equal(before, Scan().Fingerprint);
    }

    [Fact]
    public void The_fingerprint_moves_with_the_file_behind_a_link()
    {
        _bento.WriteFile("shared/a.nix", "one");
        File.CreateSymbolicLink(_bento["hosts/lab/a.nix"], "../../shared/a.nix");
        var before = Scan().Fingerprint;

        _bento.WriteFile("shared/a.nix", "two");

        Assert.NotEqual(before, Scan().Fingerprint);
    }

    [Fact]
    public void A_tree_is_settled_when_its_last_change_is_well_before_the_scan()
    {
        var scan = Scan();

        Assert.False(scan.IsSettled(scan.NewestChange));
        Assert.False(scan.IsSettled(scan.NewestChange + TimeSpan.FromSeconds(2)));
        Assert.True(scan.IsSettled(scan.NewestChange + TimeSpan.FromSeconds(2.1)));
    }

    private TreeScan Scan(string name = "lab")
    {
        var (directories, _) = ConfigurationDirectories.Find(_bento.FullPath, FleetLayout.Auto);
        return TreeScanner.Scan(
            _bento.FullPath,
            new ConfigurationDirectory($"hosts/{name}", _bento[$"hosts/{name}"], ConfigurationKind.Flake, DirectoryMarks.None),
            SecretsDirectory.FindAll(_bento.FullPath, directories), WorkTreeFiles.None);
    }
}
