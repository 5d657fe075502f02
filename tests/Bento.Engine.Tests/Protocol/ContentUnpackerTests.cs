using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Protocol;

public sealed class ContentUnpackerTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("../out")]
    [InlineData("a/../../out")]
    [InlineData("a/..")]
    [InlineData("/etc/out")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData(".")]
    [InlineData("a/./b")]
    public async Task FD5_a_path_that_could_leave_is_refused(string path)
    {
        await Assert.ThrowsAsync<ContentException>(() => UnpackAsync(File(path)));

        Assert.Equal(["tree"], Directory.EnumerateFileSystemEntries(_directory.FullPath).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    public async Task FD5_only_files_and_directories_are_unpacked(TarEntryType type)
    {
        var entry = new GnuTarEntry(type, "evil");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        var exception = await Assert.ThrowsAsync<ContentException>(() => UnpackAsync(entry));

        Assert.Contains($"{type}", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory["tree"]));
    }

    [Fact]
    public async Task FD5_a_name_that_comes_twice_is_refused() =>
        await Assert.ThrowsAnyAsync<Exception>(() => UnpackAsync(File("a", "one"), File("a", "two")));

    [Fact]
    public async Task T2_four_gigabytes_in_four_megabytes_are_refused_before_they_are_written()
    {
        // The header says 4 GiB; the zeros behind it never have to be read.
        var header = new byte[512];
        using (var tar = new MemoryStream())
        {
            using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
            {
                writer.WriteEntry(File("bomb", "x"));
            }

            tar.ToArray().AsSpan(0, 512).CopyTo(header);
        }

        Encoding.ASCII.GetBytes("40000000000\0").CopyTo(header, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(header);
            gzip.Write(new byte[1 << 20]);
        }

        archive.Position = 0;
        await Assert.ThrowsAsync<ContentException>(
            () => new ContentUnpacker(1 << 30).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken));

        Assert.Empty(Directory.EnumerateFiles(_directory["tree"]));
    }

    [Fact]
    public async Task T2_many_files_together_have_a_limit() =>
        await Assert.ThrowsAsync<ContentException>(() => UnpackAsync(100, File("a", new string('x', 60)), File("b", new string('x', 60))));

    [Fact]
    public async Task T2_more_entries_than_any_configuration_has_are_refused() =>
        await Assert.ThrowsAsync<ContentException>(() =>
            UnpackAsync([.. Enumerable.Range(0, 20_001).Select(number => new GnuTarEntry(TarEntryType.Directory, $"d{number % 3}/"))]));

    [Fact]
    public async Task T2_directories_that_only_the_paths_of_files_name_count_as_entries()
    {
        var deep = string.Join('/', Enumerable.Repeat("d", 30));

        // 31 entries each: the file and the 30 directories above it that nothing else names.
        var exception = await Assert.ThrowsAsync<ContentException>(
            () => UnpackAsync([.. Enumerable.Range(0, 700).Select(number => File($"{number}/{deep[2..]}/f"))]));

        Assert.Contains("more than 20000 entries", exception.Message, StringComparison.Ordinal);
        var made = Directory.EnumerateFileSystemEntries(_directory["tree"], "*", SearchOption.AllDirectories).Count();
        Assert.InRange(made, 1, 20_000);
    }

    [Fact]
    public async Task T2_a_path_too_deep_or_too_long_is_refused()
    {
        await Assert.ThrowsAsync<ContentException>(() => UnpackAsync(File(string.Join('/', Enumerable.Repeat("d", 33)))));
        Directory.Delete(_directory["tree"], recursive: true);
        await Assert.ThrowsAsync<ContentException>(() => UnpackAsync(File(string.Join('/', Enumerable.Repeat(new string('d', 60), 20)))));
    }

    [Fact]
    public async Task T2_a_million_entries_are_refused_at_the_limit()
    {
        // An entry a thousand times in one member, and the member a thousand times: gzip and tar go on over all of them.
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true))
        {
            var header = new byte[512];
            using (var one = new MemoryStream())
            {
                using (var writer = new TarWriter(one, TarEntryFormat.Gnu, leaveOpen: true))
                {
                    writer.WriteEntry(new GnuTarEntry(TarEntryType.Directory, "d/"));
                }

                one.ToArray().AsSpan(0, 512).CopyTo(header);
            }

            for (var entry = 0; entry < 1000; entry++)
            {
                gzip.Write(header);
            }
        }

        using var archive = new MemoryStream([.. Enumerable.Repeat(member.ToArray(), 1000).SelectMany(bytes => bytes)]);

        var exception = await Assert.ThrowsAsync<ContentException>(
            () => new ContentUnpacker(long.MaxValue).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken));

        Assert.Contains("more than 20000 entries", exception.Message, StringComparison.Ordinal);
        Assert.True(archive.Position < archive.Length / 10, "read on behind the limit");
        Assert.Equal(["d"], Directory.EnumerateFileSystemEntries(_directory["tree"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData('L', "07777777777")]
    [InlineData('L', "00000010001")]
    [InlineData('L', "0000001000\u0000")]
    [InlineData('K', "00000000010")]
    [InlineData('x', "07777777777")]
    [InlineData('g', "00000000010")]
    [InlineData('0', "\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001")]
    public async Task T2_metadata_that_no_publisher_writes_is_refused_before_room_is_made_for_it(char type, string size)
    {
        using var archive = WithHeader(type, size, "00000000001\0");
        var before = GC.GetTotalAllocatedBytes();
        var exception = await Assert.ThrowsAsync<ContentException>(
            () => new ContentUnpacker(long.MaxValue).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken));

        Assert.IsType<InvalidDataException>(exception.InnerException);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 * 1024 * 1024);
    }

    [Theory]
    [InlineData("\u00ff\u007f\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001")]
    [InlineData("\u0080\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")]
    [InlineData("99999999999\u0000")]
    public async Task T2_a_time_that_no_clock_shows_is_refused(string time)
    {
        using var archive = WithHeader('0', "00000000000", time);

        await Assert.ThrowsAsync<ContentException>(
            () => new ContentUnpacker(long.MaxValue).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_path_as_long_as_one_may_be_passes()
    {
        var path = string.Join('/', Enumerable.Repeat(new string('ä', 30), 32));

        await UnpackAsync(File(path));

        Assert.True(System.IO.File.Exists(_directory[$"tree/{path}"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(30)]
    public async Task FD1_what_is_cut_off_is_refused_or_empty_and_never_half(int length)
    {
        using var archive = new MemoryStream(Archive(File("a", new string('x', 5000)))[..length]);

        var exception = await Record.ExceptionAsync(
            () => new ContentUnpacker(long.MaxValue).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken));

        Assert.True(exception is null or ContentException, $"{exception}");
        Assert.True(exception is not null || !Directory.EnumerateFiles(_directory["tree"]).Any());
    }

    [Fact]
    public async Task Modes_and_times_come_out_normal()
    {
        var script = File("sub/script", "x");
        script.Mode = (UnixFileMode)0b111_111_111_111;
        await UnpackAsync(script);

        Assert.Equal(0b111_101_101, (int)System.IO.File.GetUnixFileMode(_directory["tree/sub/script"]));
        Assert.Equal(0b111_101_101, (int)System.IO.File.GetUnixFileMode(_directory["tree/sub"]));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1), System.IO.File.GetLastWriteTimeUtc(_directory["tree/sub"]));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1), System.IO.File.GetLastWriteTimeUtc(_directory["tree"]));
    }

    private static MemoryStream WithHeader(char type, string size, string time)
    {
        var header = new byte[512];
        Encoding.Latin1.GetBytes("name").CopyTo(header, 0);
        Encoding.Latin1.GetBytes("0000644\u00000000000\u00000000000\u0000" + size + "\u0000" + time + "        " + type)
            .CopyTo(header, 100);
        Encoding.Latin1.GetBytes("ustar  \u0000").CopyTo(header, 257);
        Encoding.Latin1.GetBytes($"{Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0')}\u0000 ").CopyTo(header, 148);
        var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(header);
            gzip.Write(new byte[1024 * 1024]);
        }

        archive.Position = 0;
        return archive;
    }

    private static GnuTarEntry File(string path, string text = "x") =>
        new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    private static byte[] Archive(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Gnu))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    private Task UnpackAsync(params TarEntry[] entries) => UnpackAsync(long.MaxValue, entries);

    private async Task UnpackAsync(long maxBytes, params TarEntry[] entries)
    {
        using var archive = new MemoryStream(Archive(entries));
        await new ContentUnpacker(maxBytes).UnpackAsync(archive, _directory["tree"], TestContext.Current.CancellationToken);
    }
}
