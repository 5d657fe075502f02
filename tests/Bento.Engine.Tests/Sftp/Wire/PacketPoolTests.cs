using Bento.Sftp.Wire;

namespace Bento.Engine.Tests.Sftp.Wire;

public sealed class PacketPoolTests
{
    private const int WholePiece = SftpRequests.ChunkBytes + 9;

    private readonly PacketPool _pool = new();

    [Fact]
    public void The_packet_of_a_whole_piece_is_filled_again()
    {
        var packet = _pool.Take(WholePiece);

        _pool.Give(packet.AsMemory(9));

        Assert.Same(packet, _pool.Take(WholePiece));
        Assert.NotSame(packet, _pool.Take(WholePiece));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(WholePiece - 1)]
    [InlineData(WholePiece + 1)]
    public void Any_other_packet_is_made_for_its_length(int length)
    {
        _pool.Give(_pool.Take(length));

        Assert.Equal(length, _pool.Take(length).Length);
    }
}
