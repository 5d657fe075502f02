using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Bento.Sftp;
using Bento.TestBench;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Sftp;

/// <summary>Something on the address of the server that has no key at all, and is evil before any login.</summary>
[Collection(nameof(EvilServerMemoryTests))]
public sealed class EvilLoginTests : IDisposable
{
    private const long MostBytes = 400_000_000;
    private const string Identification = "SSH-2.0-OpenSSH_9.2\r\n";

    private static readonly Dictionary<string, Action<NetworkStream>> All = new()
    {
        ["hangs up"] = _ => { },
        ["is silent"] = Wait,
        ["speaks HTTP"] = peer => Say(peer, "HTTP/1.1 400 Bad Request\r\n\r\n"),
        ["has a banner without end"] = peer => Forever(peer, "wait\r\n"u8.ToArray()),
        ["has a line without end"] = peer => Forever(peer, "x"u8.ToArray()),
        ["speaks version 1"] = peer => Say(peer, "SSH-1.5-old\r\n"),
        ["is called by an escape sequence"] = peer => Say(peer, "SSH-1.0-\u001b[2J\u001b[31mall well\r\n"),
        ["sends zeros"] = peer => Then(peer, Identification, () => Forever(peer, new byte[65_536])),
        ["sends ones"] = peer => Then(peer, Identification, () => Forever(peer, [.. Enumerable.Repeat((byte)0xFF, 65_536)])),
        ["claims a packet of 4 GiB"] = peer => Then(peer, Identification, () => peer.Write([255, 255, 255, 255, 4, 20])),
        ["claims a packet of 2 GiB"] = peer => Then(peer, Identification, () => peer.Write([127, 255, 255, 255, 4, 20])),
        ["sends an empty key exchange"] = peer => Then(peer, Identification, () => peer.Write(Packet([20]))),
        ["sends a key exchange of random bytes"] = peer =>
            Then(peer, Identification, () => peer.Write(Packet([20, .. RandomNumberGenerator.GetBytes(500)]))),
        ["offers nothing in its key exchange"] = peer =>
            Then(peer, Identification, () => peer.Write(Packet([20, .. new byte[16 + 40 + 5]]))),
        ["says goodbye in escape sequences"] = peer =>
            Then(peer, Identification, () => peer.Write(Goodbye("\u001b[2J\u001b[H\r\nweb-1  up to date\r\n"))),
        ["says goodbye at length"] = peer => Then(peer, Identification, () => peer.Write(Goodbye(new string('x', 30_000)))),
        ["asks to be ignored without end"] = peer => Then(peer, Identification, () => Forever(peer, Packet([2, 0, 0, 0, 0]))),
        ["stops in the middle of a packet"] = peer => Then(peer, Identification, () => { peer.Write([0, 0, 1, 0, 4, 20]); Wait(peer); }),
    };

    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Peers => [.. All.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Peers))]
    public async Task T2_whoever_has_no_key_gets_one_plain_failure_out_of_Bento(string peer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = new Thread(() => Serve(listener, All[peer])) { IsBackground = true };
        serving.Start();
        var clock = Stopwatch.StartNew();
        var before = Environment.WorkingSet;

        var failure = await Assert.ThrowsAsync<TransportException>(
            () => Transport(((IPEndPoint)listener.LocalEndpoint).Port).ConnectAsync(Token));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostBytes);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.InRange(failure.Message.Length, 10, 800);
    }

    private static void Serve(TcpListener listener, Action<NetworkStream> peer)
    {
        try
        {
            using var client = listener.AcceptTcpClient();
            peer(client.GetStream());
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client had enough.
        }
    }

    private static void Say(NetworkStream peer, string text) => peer.Write(System.Text.Encoding.UTF8.GetBytes(text));

    private static void Then(NetworkStream peer, string text, Action next)
    {
        Say(peer, text);
        next();
        Wait(peer);
    }

    /// <summary>Takes what the client says until it hangs up.</summary>
    private static void Wait(NetworkStream peer)
    {
        while (peer.Read(new byte[4096]) > 0)
        {
        }
    }

    private static void Forever(NetworkStream peer, byte[] bytes)
    {
        while (true)
        {
            peer.Write(bytes);
        }
    }

    private static byte[] Goodbye(string text) =>
        Packet([1, 0, 0, 0, 2, .. Number(text.Length), .. System.Text.Encoding.UTF8.GetBytes(text), 0, 0, 0, 0]);

    /// <summary>A packet of SSH before there are keys (RFC 4253, 6).</summary>
    private static byte[] Packet(byte[] payload)
    {
        var padding = 8 - ((payload.Length + 5) % 8) + 4;
        padding = padding > 11 ? padding - 8 : padding;
        return [.. Number(payload.Length + 1 + padding), (byte)padding, .. payload, .. new byte[padding]];
    }

    private static byte[] Number(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private SftpTransport Transport(int port)
    {
        if (!File.Exists(_directory["key"]))
        {
            Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", string.Empty, "-f", _directory["key"]);
        }

        var options = new SftpOptions
        {
            Host = "127.0.0.1",
            Port = port,
            User = "web",
            PrivateKeyFile = _directory["key"],
            ConnectTimeout = TimeSpan.FromSeconds(2),
        };
        options.HostKeys.Add(File.ReadAllText(_directory["key.pub"]));
        return new SftpTransport(Options.Create(options), TimeProvider.System);
    }
}
