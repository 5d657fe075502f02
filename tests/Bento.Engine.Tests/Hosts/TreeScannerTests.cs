using Bento.Hosts;
using Bento.Protocol;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Hosts;

public sealed class TreeScannerTests : IDisposable
{
    private readonly TempDirectory _bento = new();

    public TreeScannerTests() => _bento.WriteFile("hosts/lab/flake.nix", "{ }");

    public void Dispose() => _bento.Dispose();

    [Fact]
    public void Files_and_directories_come_with_parents_before_children()
    {
        _bento.WriteFile("hosts/lab/modules/deep/a.nix");
        Directory.CreateDirectory(_bento["hosts/lab/empty"]);

        var scan = Scan();

        Assert.Equal(["empty/", "flake.nix", "modules/", "modules/deep/", "modules/deep/a.nix"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void Only_the_bit_of_the_owner_makes_a_file_executable()
    {
        File.SetUnixFileMode(_bento.WriteFile("hosts/lab/own"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(_bento.WriteFile("hosts/lab/others"), UnixFileMode.UserRead | UnixFileMode.OtherExecute);

        Assert.Equal(["own"], Scan().Entries.Where(entry => entry.IsExecutable).Select(entry => entry.Path));
    }

    [Fact]
    public void A_link_that_stays_in_the_bento_directory_is_followed()
    {
        _bento.WriteFile("shared/modules/ssh.nix", "ssh");
        _bento.WriteFile("shared/one.nix", "one");
        File.CreateSymbolicLink(_bento["shared/modules/inner"], "../one.nix");
        File.CreateSymbolicLink(_bento["hosts/lab/one.nix"], "../../shared/one.nix");
        Directory.CreateSymbolicLink(_bento["hosts/lab/modules"], _bento["shared/modules"]);

        var scan = Scan();

        Assert.Equal(["flake.nix", "modules/", "modules/inner", "modules/ssh.nix", "one.nix"], Names(scan));
        Assert.Equal("one", File.ReadAllText(scan.Entries.Single(entry => entry.Path == "modules/inner").FullPath));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void The_same_directory_may_be_linked_to_twice()
    {
        _bento.WriteFile("shared/a.nix");
        Directory.CreateSymbolicLink(_bento["hosts/lab/x"], "../../shared");
        Directory.CreateSymbolicLink(_bento["hosts/lab/y"], "../../shared");

        var scan = Scan();

        Assert.Equal(["flake.nix", "x/", "x/a.nix", "y/", "y/a.nix"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void A_link_that_leads_out_is_refused_by_name()
    {
        using var outside = new TempDirectory();
        outside.WriteFile("secret");
        Directory.CreateSymbolicLink(_bento["hosts/lab/out"], outside.FullPath);
        File.CreateSymbolicLink(_bento["hosts/lab/deep.nix"], "/etc/hostname");

        Assert.Equal(
            ["hosts/lab/deep.nix: The link leads out of the Bento directory.", "hosts/lab/out: The link leads out of the Bento directory."],
            FirstSentences(Scan()));
    }

    [Fact]
    public void A_directory_whose_name_begins_like_the_bento_directory_is_outside()
    {
        var twin = Directory.CreateDirectory(_bento.FullPath + "-twin").FullName;
        File.CreateSymbolicLink(_bento["hosts/lab/twin"], twin);

        var scan = Scan();

        Directory.Delete(twin);
        Assert.Equal(["hosts/lab/twin: The link leads out of the Bento directory."], FirstSentences(scan));
    }

    [Fact]
    public void A_configuration_directory_that_is_itself_a_link_may_not_lead_out_either()
    {
        using var outside = new TempDirectory();
        outside.WriteFile("flake.nix", "{ }");
        Directory.CreateSymbolicLink(_bento["hosts/stray"], outside.FullPath);

        var scan = Scan("stray");

        Assert.Equal(["hosts/stray: The link leads out of the Bento directory."], FirstSentences(scan));
        Assert.Empty(scan.Entries);
    }

    [Fact]
    public void A_configuration_directory_may_be_a_link_to_another_place_in_the_bento_directory()
    {
        Directory.CreateSymbolicLink(_bento["hosts/twin"], "lab");

        var scan = Scan("twin");

        Assert.Equal(["flake.nix"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void The_bento_directory_may_be_reached_through_a_link()
    {
        using var elsewhere = new TempDirectory();
        _bento.WriteFile("shared/a.nix");
        File.CreateSymbolicLink(_bento["hosts/lab/a.nix"], "../../shared/a.nix");
        Directory.CreateSymbolicLink(elsewhere["bento"], _bento.FullPath);

        var scan = TreeScanner.Scan(
            elsewhere["bento"],
            new ConfigurationDirectory("hosts/lab", elsewhere["bento/hosts/lab"], ConfigurationKind.Flake, DirectoryMarks.None),
            SecretsDirectory.FindAll(_bento.FullPath, []), WorkTreeFiles.None);

        Assert.Equal(["a.nix", "flake.nix"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_refused_by_name()
    {
        File.CreateSymbolicLink(_bento["hosts/lab/gone"], "no/where");
        File.CreateSymbolicLink(_bento["hosts/lab/self"], "self");

        Assert.Equal(["hosts/lab/gone: The link leads nowhere.", "hosts/lab/self: The link leads nowhere."], FirstSentences(Scan()));
    }

    [Fact]
    public void A_link_that_leads_back_up_is_refused_and_ends()
    {
        _bento.WriteFile("hosts/lab/sub/file");
        Directory.CreateSymbolicLink(_bento["hosts/lab/sub/up"], "..");

        Assert.StartsWith("hosts/lab/sub/up", Assert.Single(Scan().Problems).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void H3_a_pipe_is_refused_by_name_and_not_opened()
    {
        Shell.Run("mkfifo", _bento["hosts/lab/pipe"]);

        Assert.Equal(["hosts/lab/pipe: It is neither a file nor a directory."], FirstSentences(Scan()));
    }

    [Fact]
    public void A_name_that_is_not_text_is_refused_and_not_left_out_in_silence()
    {
        Shell.Run("/bin/sh", "-c", $"printf x > '{_bento["hosts/lab"]}'/$(printf 'bad\\377name')");

        Assert.Contains("not text", Assert.Single(Scan().Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_that_no_host_would_unpack_is_refused_here()
    {
        _bento.WriteFile($"hosts/lab/{string.Join('/', Enumerable.Repeat("d", 32))}/file");

        Assert.Contains("too deep", Assert.Single(Scan().Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_as_deep_as_a_host_unpacks_is_taken()
    {
        _bento.WriteFile($"hosts/lab/{string.Join('/', Enumerable.Repeat("d", 31))}/file");

        Assert.Empty(Scan().Problems);
    }

    [Fact]
    public void Links_that_multiply_a_tree_end_at_the_number_of_entries_that_a_host_unpacks()
    {
        for (var level = 0; level < 24; level++)
        {
            Directory.CreateDirectory(_bento[$"shared/{level}"]);
            Directory.CreateSymbolicLink(_bento[$"shared/{level}/a"], $"../{level + 1}");
            Directory.CreateSymbolicLink(_bento[$"shared/{level}/b"], $"../{level + 1}");
        }

        _bento.WriteFile("shared/24/file");
        Directory.CreateSymbolicLink(_bento["hosts/lab/bomb"], "../../shared/0");

        var scan = Scan();

        Assert.Contains("more than 20000", Assert.Single(scan.Problems).Message, StringComparison.Ordinal);
        Assert.InRange(scan.Entries.Count, 0, 20_000);
    }

    [Fact]
    public void FP12_a_tree_of_more_bytes_than_a_host_unpacks_is_a_problem_before_anything_is_copied()
    {
        _bento.WriteFile("hosts/lab/flake.nix");
        using (var large = File.Create(_bento["hosts/lab/image"]))
        {
            large.SetLength(TreeLimits.MaxBytes);
        }

        Assert.Empty(Scan().Problems);
        _bento.WriteFile("hosts/lab/last", "x");
        Assert.Contains("more than 1073741824 bytes", Assert.Single(Scan().Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FP5_a_directory_that_went_away_is_a_problem_and_no_exception()
    {
        var scan = TreeScanner.Scan(
            _bento.FullPath,
            new ConfigurationDirectory("hosts/gone", _bento["hosts/gone"], ConfigurationKind.Flake, DirectoryMarks.None),
            SecretsDirectory.FindAll(_bento.FullPath, []), WorkTreeFiles.None);

        Assert.Equal("hosts/gone", Assert.Single(scan.Problems).Path);
    }

    [Fact]
    public void Version_control_and_build_results_are_left_out()
    {
        _bento.WriteFile("hosts/lab/.git/config");
        _bento.WriteFile("hosts/lab/sub/.direnv/x");
        File.CreateSymbolicLink(_bento["hosts/lab/result"], "/nix/store/x");
        File.CreateSymbolicLink(_bento["hosts/lab/result-2"], "/nix/store/y");
        _bento.WriteFile("hosts/lab/result.nix");
        _bento.WriteFile("hosts/lab/sub/result");
        _bento.WriteFile("hosts/lab/result-notes/x");

        var scan = Scan();

        Assert.Equal(["flake.nix", "result-notes/", "result-notes/x", "result.nix", "sub/", "sub/result"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    [Fact]
    public void Bentos_own_files_at_the_top_are_left_out_and_only_there()
    {
        foreach (var name in new[] { "REBOOT", "SELF_UPDATE", "NOLOCALBUILD", ".bentoignore", "bento.json", "config.sh", "states.txt" })
        {
            _bento.WriteFile($"hosts/lab/{name}");
        }

        _bento.WriteFile("hosts/lab/docs/REBOOT");

        Assert.Equal(["docs/", "docs/REBOOT", "flake.nix"], Names(Scan()));
    }

    [Fact]
    public void What_bentoignore_names_is_left_out()
    {
        _bento.WriteFile(".bentoignore", "*.md\n");
        _bento.WriteFile("hosts/lab/.bentoignore", "/private/\n!KEEP.md\n");
        _bento.WriteFile("hosts/lab/notes.md");
        _bento.WriteFile("hosts/lab/KEEP.md");
        _bento.WriteFile("hosts/lab/private/key");
        _bento.WriteFile("hosts/lab/sub/private/file");
        File.CreateSymbolicLink(_bento["hosts/lab/gone.md"], "no/where");

        var scan = Scan();

        Assert.Equal(["KEEP.md", "flake.nix", "sub/", "sub/private/", "sub/private/file"], Names(scan));
        Assert.Empty(scan.Problems);
    }

    private static IEnumerable<string> Names(TreeScan scan) =>
        scan.Entries.Select(entry => entry.Path + (entry.IsDirectory ? "/" : string.Empty)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FirstSentences(TreeScan scan) =>
        scan.Problems.Select(problem => problem.ToString())
            .Select(text => text[..(text.IndexOf('.', text.IndexOf(": ", StringComparison.Ordinal)) + 1)])
            .Order(StringComparer.Ordinal);

    private TreeScan Scan(string name = "lab")
    {
        var (directories, _) = ConfigurationDirectories.Find(_bento.FullPath, FleetLayout.Auto);
        return TreeScanner.Scan(
            _bento.FullPath,
            new ConfigurationDirectory($"hosts/{name}", _bento[$"hosts/{name}"], ConfigurationKind.Flake, DirectoryMarks.None),
            SecretsDirectory.FindAll(_bento.FullPath, directories), WorkTreeFiles.None);
    }
}
