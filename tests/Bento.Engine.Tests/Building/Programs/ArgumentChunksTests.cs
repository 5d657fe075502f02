using Bento.Building.Programs;

namespace Bento.Engine.Tests.Building.Programs;

public sealed class ArgumentChunksTests
{
    [Fact]
    public void A_thousand_hosts_fit_into_one_call()
    {
        var paths = Enumerable.Range(0, 1000)
            .Select(number => $"/nix/store/1y4ga31ms7j7n5a621bqr7vxv4w397lw-nixos-system-host-{number}-26.05.20260101.abcdefg.drv");

        Assert.Single(ArgumentChunks.Split(paths, path => path, ArgumentChunks.MaxBytes));
    }

    [Fact]
    public void A_long_list_is_split_in_order_and_loses_nothing()
    {
        var items = Enumerable.Range(0, 500).Select(number => new string('x', number)).ToList();

        var chunks = ArgumentChunks.Split(items, item => item, 1000).ToList();

        Assert.Equal(items, chunks.SelectMany(chunk => chunk));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Sum(item => item.Length + 9), 0, 1000));
    }

    [Fact]
    public void An_item_that_is_too_long_goes_alone() =>
        Assert.Equal([1, 1, 1], ArgumentChunks.Split(["a", "bbbbbbbbbbbbbbbbbbbbbbb", "c"], item => item, 20).Select(chunk => chunk.Count));

    [Fact]
    public void Nothing_is_no_chunk() => Assert.Empty(ArgumentChunks.Split(Array.Empty<string>(), item => item, 10));
}
