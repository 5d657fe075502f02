using Bento.Protocol;
using Bento.TestBench;
using Bento.TestBench.Nix;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class NarHashTests
{
    [Fact]
    public void An_empty_directory_has_the_hash_that_nix_gives_it()
    {
        using var tree = new TempDirectory();

        Assert.Equal("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo=", NarHash.Compute(tree.FullPath).ToString());
    }

    [Fact]
    public void Nix_gives_the_same_hash_to_a_tree_of_everything_that_a_nar_holds()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        using var tree = new TempDirectory();
        tree.WriteFile("empty");
        tree.WriteFile("seven", "1234567");
        tree.WriteFile("eight", "12345678");
        tree.WriteFile("nine", "123456789");
        tree.WriteFile("large", new string('x', 200_001));
        File.SetUnixFileMode(tree.WriteFile("script", "#!/bin/sh\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(
            tree.WriteFile("group-script", "x"), UnixFileMode.UserRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(tree.WriteFile("setuid", "x"), UnixFileMode.UserRead | UnixFileMode.SetUser);
        Directory.CreateDirectory(tree["nothing in it/nor here"]);
        tree.WriteFile("a/deep/er/file", "deep");
        tree.WriteFile("a.nix", "sorts between a and a/");
        tree.WriteFile("a b\n\"c'", "odd");
        File.CreateSymbolicLink(tree["link"], "a/deep");
        File.CreateSymbolicLink(tree["dangling"], "/no/where/ü");

        // U+FF5E comes before U+1F600 in UTF-8 and after it in UTF-16.
        tree.WriteFile("\uff5e", "fullwidth");
        tree.WriteFile("\U0001f600", "astral");
        tree.WriteFile("\ue000", "private use");
        tree.WriteFile("ä", "umlaut");
        tree.WriteFile("Z", "upper");

        Assert.Equal(ByNix(tree.FullPath), NarHash.Compute(tree.FullPath).ToString());
    }

    [Fact]
    public void The_order_of_names_is_the_order_of_their_bytes() =>
        Gen.String.Array[2, 20].Sample(names =>
        {
            var sorted = names.Where(IsText).Order(Utf8Order.Instance).Select(System.Text.Encoding.UTF8.GetBytes).ToList();

            Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) <= 0));
        });

    [Fact]
    public void FD5_every_change_that_nix_could_see_changes_the_hash()
    {
        using var tree = new TempDirectory();
        tree.WriteFile("sub/file", "text");
        Directory.CreateDirectory(tree["empty"]);
        var hashes = new HashSet<TreeHash> { NarHash.Compute(tree.FullPath) };

        tree.WriteFile("sub/file", "tExt");
        Assert.True(hashes.Add(NarHash.Compute(tree.FullPath)), "content");
        File.SetUnixFileMode(tree["sub/file"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.True(hashes.Add(NarHash.Compute(tree.FullPath)), "mode");
        File.Move(tree["sub/file"], tree["sub/gile"]);
        Assert.True(hashes.Add(NarHash.Compute(tree.FullPath)), "name");
        Directory.Delete(tree["empty"]);
        Assert.True(hashes.Add(NarHash.Compute(tree.FullPath)), "empty directory");
    }

    [Fact]
    public void Times_and_owners_and_write_bits_change_nothing()
    {
        using var tree = new TempDirectory();
        var file = tree.WriteFile("file", "text");
        var before = NarHash.Compute(tree.FullPath);

        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        Assert.Equal(before, NarHash.Compute(tree.FullPath));
    }

    private static bool IsText(string name) => !name.Any(char.IsSurrogate);

    private static string ByNix(string path)
    {
        using var store = new PrivateNixStore();
        return Shell.Run(
            "nix",
            "--extra-experimental-features",
            "nix-command",
            "--store",
            store.Root,
            "hash",
            "path",
            "--type",
            "sha256",
            "--sri",
            path);
    }
}
