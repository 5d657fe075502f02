using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Repositories;
using Bento.TestBench;

namespace Bento.Engine.Tests.Protocol;

public sealed class ContentArchiveTests : IDisposable
{
    private readonly TempDirectory _source = new();
    private readonly TempDirectory _work = new();
    private int _count;

    public ContentArchiveTests()
    {
        File.SetUnixFileMode(_source.WriteFile("script", "#!/bin/sh\n"), (UnixFileMode)0b111_101_101);
        _source.WriteFile("empty");
        _source.WriteFile("sub/large", new string('x', 300_000));
        _source.WriteFile("\uff5e", "fullwidth");
        _source.WriteFile("\U0001f600/ä ü", "astral");
        _source.WriteFile("back\\slash and\nnew line", "odd");
        Directory.CreateDirectory(_source["nothing in it"]);

        // Longer than the 100 characters of a tar header, the 255 of header and prefix, and both at once.
        _source.WriteFile(string.Join('/', Enumerable.Repeat("directory", 11)) + "/file", "long");
        _source.WriteFile(string.Join('/', Enumerable.Repeat("directory", 29)) + "/file", "longer");
        _source.WriteFile(new string('n', 200), "long name");
        _source.WriteFile(string.Concat(Enumerable.Repeat("ö", 127)), "long in UTF-8");
    }

    public void Dispose()
    {
        _source.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task The_same_tree_is_the_same_archive_whenever_and_by_whomever_it_is_made()
    {
        var (first, firstBytes) = await PackAsync();
        Shell.Run("touch", "-d", "2001-01-01", _source["script"], _source["sub"], _source["empty"]);
        File.SetUnixFileMode(_source["empty"], (UnixFileMode)0b110_000_000);
        File.SetUnixFileMode(_source["sub"], (UnixFileMode)0b111_000_000);

        var (second, secondBytes) = await PackAsync();

        Assert.Equal(first, second);
        Assert.Equal(firstBytes, secondBytes);
    }

    [Fact]
    public async Task The_hash_and_size_are_those_of_the_file()
    {
        var (tree, bytes) = await PackAsync();

        Assert.Equal(bytes.Length, tree.ArchiveBytes);
        Assert.Equal(ContentHash.FromBytes(System.Security.Cryptography.SHA256.HashData(bytes)), tree.Archive);
    }

    [Fact]
    public async Task What_an_agent_unpacks_is_what_was_packed()
    {
        var (tree, bytes) = await PackAsync();

        using var stream = new MemoryStream(bytes);
        await new ContentUnpacker(long.MaxValue).UnpackAsync(stream, _work["unpacked"], TestContext.Current.CancellationToken);

        Assert.Equal(tree.TreeHash, NarHash.Compute(_work["unpacked"]));
        Assert.Equal(tree.FileCount, Directory.EnumerateFiles(_work["unpacked"], "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_person_with_tar_unpacks_the_same()
    {
        var (tree, bytes) = await PackAsync();
        await File.WriteAllBytesAsync(_work["a.tar.gz"], bytes, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(_work["by-tar"]);

        Shell.Run("tar", "-xzf", _work["a.tar.gz"], "-C", _work["by-tar"]);

        Assert.Equal(tree.TreeHash, NarHash.Compute(_work["by-tar"]));
    }

    [Fact]
    public async Task Giving_up_is_possible()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ContentArchive.WriteAsync(_source.FullPath, _work["a"], stopped.Token));
    }

    private async Task<(ReleaseContent Content, byte[] Bytes)> PackAsync()
    {
        var configuration = new ConfigurationDirectory(".", _source.FullPath, ConfigurationKind.Flake, DirectoryMarks.None);
        var scan = TreeScanner.Scan(
            _source.FullPath, configuration, SecretsDirectory.FindAll(_source.FullPath, [configuration]), WorkTreeFiles.None);
        Assert.Empty(scan.Problems);
        using var work = WorkDirectory.Create(_work[$"w{++_count}"]);
        var tree = await ShippedTree.PackAsync(
            Snapshot.Take(scan.Entries, work.NewPath(), TestContext.Current.CancellationToken),
            work,
            TestContext.Current.CancellationToken);
        return (tree.Content, await File.ReadAllBytesAsync(tree.Archive, TestContext.Current.CancellationToken));
    }
}
