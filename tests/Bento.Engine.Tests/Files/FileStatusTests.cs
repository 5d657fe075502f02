using System.Runtime.Versioning;
using Bento.Files;
using Bento.TestBench;

namespace Bento.Engine.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class FileStatusTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Says_what_stat_says()
    {
        var path = _directory.WriteFile("a", "text");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.SetUser);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        var status = FileStatus.Read(path)!.Value;

        var stat = Shell.Run("stat", "--format=%u %g %h %i %s %a %Y %Z %Hd %Ld", path);
        Assert.Equal(
            stat,
            $"{status.Owner.UserId} {status.Owner.GroupId} {status.LinkCount} {status.Inode} {status.SizeBytes} "
            + $"{Convert.ToString((int)status.Mode, 8)} "
            + $"{status.Modified.ToUnixTimeSeconds()} {status.Changed.ToUnixTimeSeconds()} {status.Device >> 32} "
            + $"{status.Device & uint.MaxValue}");
        Assert.Equal(FileKind.File, status.Kind);
    }

    [Fact]
    public void Nothing_is_null()
    {
        _directory.WriteFile("a");

        Assert.Null(FileStatus.Read(_directory["b"]));
        Assert.Null(FileStatus.Read(_directory["a/b"]));
    }

    [Fact]
    public void The_user_root_is_found_and_one_that_nobody_made_is_not()
    {
        Assert.Equal(FileOwner.Root, FileOwner.Find("root"));
        Assert.Null(FileOwner.Find("bento-nobody-made-me"));
    }

    [Fact]
    public void A_link_is_given_away_itself()
    {
        Assert.SkipUnless(Shell.IsRoot, "only root gives files away");
        var path = _directory.WriteFile("a");
        File.CreateSymbolicLink(_directory["link"], path);

        new FileOwner(1, 1).Apply(_directory["link"]);

        Assert.Equal(new FileOwner(1, 1), FileStatus.Read(_directory["link"])!.Value.Owner);
        Assert.Equal(FileOwner.Current, FileStatus.Read(path)!.Value.Owner);
    }
}
