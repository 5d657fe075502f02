using static Bento.TestBench.Sshd.EvilSftp;

namespace Bento.TestBench.Sshd;

/// <summary>
/// What a server can do to a client once it is let in. Each mode takes a packet, and says whether that was its answer; else the honest one
/// follows.
/// </summary>
public static class EvilModes
{
    private const byte Init = 1;
    private const byte Open = 3;
    private const byte Read = 5;
    private const byte Write = 6;
    private const byte Look = 7;
    private const byte OpenDirectory = 11;
    private const byte List = 12;
    private const byte Extended = 200;

    /// <summary>The modes that nothing has to fail under.</summary>
    public static IReadOnlySet<string> AreHarmless { get; } = new HashSet<string> { "data-byte-by-byte" };

    /// <summary>The modes by name; the honest one has none.</summary>
    public static IReadOnlyDictionary<string, Func<EvilSftp, byte[], bool>?> All { get; } =
        new Dictionary<string, Func<EvilSftp, byte[], bool>?>
        {
            ["honest"] = null,

            // The first packet.
            ["version-2"] = At(Init, (server, _) => server.Version(2)),
            ["version-0"] = At(Init, (server, _) => server.Version(0)),
            ["version-6"] = At(Init, (server, _) => server.Version(6)),
            ["version-of-another-type"] = At(Init, (server, _) => server.Raw([101, 0, 0, 0, 3])),
            ["version-empty"] = At(Init, (server, _) => server.Raw([2])),
            ["version-half"] = At(Init, (server, _) => server.Bytes([0, 0, 0, 5, 2, 0])),
            ["version-half-then-end"] = At(Init, (server, _) => Then(() => server.Bytes([0, 0, 0, 5, 2, 0]), server.End)),
            ["version-never"] = At(Init, (server, _) => server.BeSilent()),
            ["version-twice"] = At(Init, (server, _) => Then(() => server.Version(3), () => server.Version(3))),
            ["version-with-half-an-extension"] = At(Init, (server, _) => server.Raw([2, 0, 0, 0, 3, .. Text("posix-rename@openssh.com")])),
            ["version-with-a-huge-extension"] = At(Init, (server, _) => server.Raw([2, 0, 0, 0, 3, .. Number32(uint.MaxValue), 1, 2, 3])),
            ["end-at-once"] = At(Init, (server, _) => server.End()),
            ["words-before-the-protocol"] = At(
                Init, (server, _) => server.Bytes("Welcome to \u001b[31mthis\u001b[0m server\r\n"u8.ToArray())),
            ["flood-from-the-start"] = At(Init, (server, _) => Forever(() => server.Bytes(new byte[65_536]))),
            ["flood-of-statuses"] = At(Init, (server, _) =>
                Then(() => server.Version(3), () => Forever(() => server.Send(101, 0, [.. Number32(0), .. Text(string.Empty)])))),

            // Lengths and ids of any answer.
            ["length-0"] = At(Look, (server, _) => server.Bytes([0, 0, 0, 0])),
            ["length-4-gib"] = At(Look, (server, _) => server.Bytes([255, 255, 255, 255, 105])),
            ["length-2-gib"] = At(Look, (server, _) => server.Bytes([127, 255, 255, 255, 105])),
            ["length-1-gib-and-all-of-it"] = At(
                Look, (server, _) => Then(() => server.Bytes([64, 0, 0, 0]), () => Forever(() => server.Bytes(new byte[65_536])))),
            ["length-of-an-id-less-packet"] = At(Look, (server, _) => server.Raw([105, 0, 0])),
            ["length-just-too-long"] = At(Look, (server, _) => server.Bytes([.. Number32((256 * 1024) + 1), 105])),
            ["id-of-nobody"] = At(Look, (server, packet) => server.Send(105, IdOf(packet) + 1000, Attributes(0x81A0, 5))),
            ["id-0"] = At(Look, (server, _) => server.Send(105, 0, Attributes(0x81A0, 5))),
            ["answers-twice"] = At(Look, (server, packet) => Then(() => server.Answer(packet), () => server.Answer(packet))),
            ["type-unknown"] = At(Look, (server, packet) => server.Send(77, IdOf(packet), [])),
            ["type-of-a-request"] = At(Look, (server, packet) => server.Send(3, IdOf(packet), Text("a"))),
            ["half-an-answer-then-silence"] = At(
                Look, (server, packet) => Then(() => server.Bytes([0, 0, 0, 40, 105, .. Number32(IdOf(packet))]), server.BeSilent)),
            ["half-an-answer-then-end"] = At(
                Look, (server, packet) => Then(() => server.Bytes([0, 0, 0, 40, 105, .. Number32(IdOf(packet))]), server.End)),
            ["drips"] = At(Look, (server, packet) => Drip(server, [0, 0, 0, 200, 105, .. Number32(IdOf(packet)), .. new byte[195]])),
            ["answers-every-second-only"] = (server, packet) => packet[0] != Init && IdOf(packet) % 2 == 1,
            ["silent-from-the-first-look"] = At(Look, (server, _) => server.BeSilent()),
            ["silent-from-the-first-open"] = At(Open, (server, _) => server.BeSilent()),
            ["silent-from-the-first-write"] = At(Write, (server, _) => server.BeSilent()),

            // Attributes.
            ["attributes-cut"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), [0, 0, 0, 15, 1])),
            ["attributes-with-endless-extensions"] = At(
                Look, (server, packet) => server.Send(105, IdOf(packet), [.. Number32(0x8000_0000), .. Number32(uint.MaxValue)])),
            ["attributes-of-nothing"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), Number32(0))),
            ["attributes-of-a-pipe"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), Attributes(0x1180, 0))),
            ["attributes-of-a-link"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), Attributes(0xA1FF, 0))),
            ["attributes-of-a-directory"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), Attributes(0x41E8, 0))),
            ["attributes-of-a-huge-file"] = At(
                Look, (server, packet) => server.Send(105, IdOf(packet), Attributes(0x81A0, ulong.MaxValue))),
            ["attributes-of-an-empty-file"] = At(Look, (server, packet) => server.Send(105, IdOf(packet), Attributes(0x81A0, 0))),

            // Handles and data.
            ["handle-too-long"] = At(Open, (server, packet) => server.Send(102, IdOf(packet), Text(new string('h', 10_000)))),
            ["handle-cut"] = At(Open, (server, packet) => server.Send(102, IdOf(packet), Number32(200))),
            ["open-is-called-done"] = At(Open, (server, packet) => server.Status(packet, 0)),
            ["open-ends-as-a-file-does"] = At(Open, (server, packet) => server.Status(packet, 1)),
            ["data-longer-than-asked"] = At(Read, (server, packet) => server.Send(103, IdOf(packet), Text(new string('x', 100_000)))),
            ["data-empty"] = At(Read, (server, packet) => server.Send(103, IdOf(packet), Number32(0))),
            ["data-of-4-gib"] = At(Read, (server, packet) => server.Send(103, IdOf(packet), [.. Number32(uint.MaxValue), 1])),
            ["data-without-end"] = At(Read, (server, packet) => server.Send(103, IdOf(packet), Text("x"))),
            ["data-byte-by-byte"] = At(Read, (server, packet) =>
                _ = OffsetOf(packet) < 5 ? Do(() => server.Send(103, IdOf(packet), Text("x"))) : Do(() => server.Status(packet, 1))),
            ["end-in-the-middle-of-a-file"] = At(Read, (server, _) => server.End()),

            // Listings.
            ["names-without-end"] = At(List, (server, packet) =>
                server.Send(104, IdOf(packet), [.. Number32(100), .. Enumerable.Range(0, 100).SelectMany(number => Name($"n{number}"))])),
            ["names-none-forever"] = At(List, (server, packet) => server.Send(104, IdOf(packet), Number32(0))),
            ["names-one-by-one"] = At(List, (server, packet) =>
            {
                Thread.Sleep(20);
                server.Send(104, IdOf(packet), [.. Number32(1), .. Name($"n{IdOf(packet)}")]);
            }),
            ["names-just-in-time"] = At(List, (server, packet) =>
            {
                Thread.Sleep(200);
                server.Send(104, IdOf(packet), [.. Number32(10), .. Enumerable.Range(0, 10).SelectMany(number => Name($"n{number}"))]);
            }),
            ["names-4-billion"] = At(List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(uint.MaxValue), .. Name("a")])),
            ["names-negative"] = At(List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(0x8000_0001), .. Name("a")])),
            ["names-with-a-way-out"] = At(
                List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(1), .. Name("../../etc/passwd")])),
            ["names-empty"] = At(List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(1), .. Name(string.Empty)])),
            ["names-with-a-nul"] = At(List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(1), .. Name("a\0b")])),
            ["names-with-escapes"] = At(
                List, (server, packet) => server.Send(104, IdOf(packet), [.. Number32(1), .. Name("\u001b]0;owned\u0007")])),
            ["names-that-are-not-text"] = At(List, (server, packet) =>
                server.Send(104, IdOf(packet), [.. Number32(1), .. Number32(2), 0xFF, 0xFE, .. Text(string.Empty), .. Number32(0)])),
            ["directory-that-does-not-open"] = At(OpenDirectory, (server, packet) => server.Status(packet, 3)),

            // Refusals.
            ["status-with-escapes"] = At(
                Look, (server, packet) => server.Status(packet, 4, "\u001b[2J\u001b[H\r\nweb-1  up to date\r\n\u202Eevil\u009b31m")),
            ["status-of-100-kb"] = At(Look, (server, packet) => server.Status(packet, 4, new string('e', 100_000))),
            ["status-without-text"] = At(Look, (server, packet) => server.Send(101, IdOf(packet), Number32(4))),
            ["status-cut"] = At(Look, (server, packet) => server.Send(101, IdOf(packet), [0, 0])),
            ["status-unknown"] = At(Look, (server, packet) => server.Status(packet, uint.MaxValue)),
            ["nothing-is-allowed"] = (server, packet) => packet[0] != Init && Do(() => server.Status(packet, 3)),
            ["nothing-is-there"] = (server, packet) => packet[0] != Init && Do(() => server.Status(packet, 2)),
            ["nothing-works"] = (server, packet) => packet[0] != Init && Do(() => server.Status(packet, 4)),
            ["no-extension-at-all"] = At(Extended, (server, packet) => server.Status(packet, 8, "unsupported")),
            ["no-extension-is-offered"] = (server, packet) => packet[0] switch
            {
                Init => Do(() => server.Version(3)),
                Extended => Do(() => server.Status(packet, 8)),
                _ => false,
            },
            ["write-fails"] = At(Write, (server, packet) => server.Status(packet, 4)),
            ["sync-or-rename-fails"] = At(Extended, (server, packet) => server.Status(packet, 4)),
            ["free-space-of-nonsense"] = (server, packet) => packet[0] switch
            {
                Look => Do(() => server.Status(packet, 4)),
                Extended => Do(() => server.Send(201, IdOf(packet), [1, 2, 3])),
                _ => false,
            },
        };

    private static Func<EvilSftp, byte[], bool> At(byte type, Action<EvilSftp, byte[]> evil) =>
        (server, packet) => packet[0] == type && Do(() => evil(server, packet));

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private static void Then(Action first, Action second)
    {
        first();
        second();
    }

    /// <summary>Until nobody takes it any more.</summary>
    private static void Forever(Action action)
    {
        while (true)
        {
            action();
        }
    }

    /// <summary>Each byte is in time for whoever waits for bytes.</summary>
    private static void Drip(EvilSftp server, byte[] bytes)
    {
        foreach (var one in bytes)
        {
            server.Bytes([one]);
            Thread.Sleep(100);
        }
    }
}
