using Bento.Sftp.Wire;
using Bento.TestBench;

namespace Bento.Engine.Tests.Sftp.Wire;

/// <summary>
/// Whatever bytes a server sends, each request ends with its answer, a refusal or the end of the session, and nothing large is made of
/// them.
/// </summary>
public sealed class WireFuzzTests
{
    private static readonly uint[] Numbers = [0, 1, 2, 3, 4, 100, 255, 256, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFE];

    [Fact(Timeout = 120_000)]
    public async Task FO10_any_answer_ends_any_request()
    {
        var random = new Random(20261128);
        var before = GC.GetTotalAllocatedBytes();
        for (var round = 0; round < Fuzz.Rounds(3_000); round++)
        {
            using var peer = new ScriptedChannel();
            using var table = new RequestTable(peer, TimeSpan.FromSeconds(60), TimeProvider.System);
            var requests = new SftpRequests(table);
            await requests.Features;
            var seed = random.Next();
            peer.Answer = packet => [Answer(new Random(seed), packet)];

            var exception = await Record.ExceptionAsync(
                () => Ask(requests, seed).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

            Assert.True(exception is null or SftpStatusException or SftpProtocolException, $"seed {seed}: {exception}");
        }

        Assert.InRange((GC.GetTotalAllocatedBytes() - before) / Fuzz.Rounds(3_000), 0, 300_000);
    }

    [Fact]
    public void Any_bytes_are_features_or_nonsense()
    {
        var random = new Random(20261129);
        for (var round = 0; round < Fuzz.Rounds(20_000); round++)
        {
            var packet = new byte[random.Next(64)];
            random.NextBytes(packet);
            if (packet.Length > 4)
            {
                byte[] head = [2, 0, 0, 0, 3];
                head.CopyTo(packet, 0);
            }

            Assert.True(Record.Exception(() => ServerFeatures.Read(packet)) is null or SftpProtocolException);
        }
    }

    private static Task Ask(SftpRequests requests, int seed) => (seed % 9) switch
    {
        0 => requests.LookAsync("a"),
        1 => requests.OpenAsync("a", SftpOpenFlags.Read),
        2 => requests.OpenDirectoryAsync("a"),
        3 => requests.ReadDirectoryAsync([1]),
        4 => requests.ReadAsync([1], 0, 100),
        5 => requests.WriteAsync([1], 0, [1, 2, 3]),
        6 => requests.ReplaceAsync("a", "b"),
        7 => requests.FileSystemAsync("a"),
        _ => requests.RemoveAsync("a"),
    };

    /// <summary>A packet of any type, for that request, with fields that look right or not.</summary>
    private static byte[] Answer(Random random, byte[] request)
    {
        PacketType[] types =
        [
            PacketType.Status,
            PacketType.Handle,
            PacketType.Data,
            PacketType.Names,
            PacketType.Attributes,
            PacketType.ExtendedReply,
            (PacketType)random.Next(256),
        ];
        var packet = new PacketWriter(types[random.Next(types.Length)]).UInt32(ScriptedChannel.IdOf(request));
        for (var fields = random.Next(8); fields > 0; fields--)
        {
            _ = random.Next(4) switch
            {
                0 => packet.UInt32(Numbers[random.Next(Numbers.Length)]),
                1 => packet.UInt64(((ulong)Numbers[random.Next(Numbers.Length)] << 32) | Numbers[random.Next(Numbers.Length)]),
                2 => packet.UInt32((uint)random.Next(300)),
                _ => packet.Text(new string((char)random.Next(1, 300), random.Next(300))),
            };
        }

        return packet.Finish();
    }
}
