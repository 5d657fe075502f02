using Bento.Sftp.Wire;

namespace Bento.Engine.Tests.Sftp.Wire;

public sealed class PacketAssemblerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Packets_come_out_whole_however_they_arrive(int pieceBytes)
    {
        byte[][] packets = [new byte[] { 1 }, [.. Enumerable.Range(0, 300).Select(number => (byte)number)], new byte[] { 3, 4, 5 }];
        var stream = packets.SelectMany(packet => (byte[])[0, 0, (byte)(packet.Length >> 8), (byte)packet.Length, .. packet]).ToArray();
        var assembler = new PacketAssembler(new PacketPool());
        var whole = new List<byte[]>();

        foreach (var piece in stream.Chunk(pieceBytes))
        {
            assembler.Append(piece, whole.Add);
        }

        Assert.Equal(packets, whole);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(PacketAssembler.MaxPacketBytes + 1u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0xFFFF_FFFFu)]
    public void FO10_a_length_that_no_packet_has_ends_it_before_anything_is_kept(uint length)
    {
        var assembler = new PacketAssembler(new PacketPool());
        byte[] head = [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SftpProtocolException>(() => assembler.Append(head, _ => { }));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }
}
