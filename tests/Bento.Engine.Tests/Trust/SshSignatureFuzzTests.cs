using System.Text;
using Bento.Trust;
using CsCheck;

namespace Bento.Engine.Tests.Trust;

public sealed class SshSignatureFuzzTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a payload");

    // Where, by which operation, with what: enough to lengthen, shorten, overwrite and shift any field.
    private static readonly Gen<(int At, int Operation, byte Value, uint Length)[]> Mutations =
        Gen.Select(Gen.Int[0, 4095], Gen.Int[0, 4], Gen.Byte, Gen.OneOf(Gen.UInt, Gen.UInt[0, 300])).Array[1, 6];

    [Theory(Timeout = 120_000)]
    [InlineData("ed25519", null)]
    [InlineData("ecdsa", 256)]
    [InlineData("rsa", 2048)]
    public async Task Whatever_the_bytes_nothing_but_a_format_exception_comes_out_and_no_other_signature_fits(string type, int? bits)
    {
        using var key = SshKey.Make(type, bits);
        var good = SignatureForge.Blob(key.Sign(Message));
        var trusted = key.Public;
        await Task.CompletedTask;

        Mutations.Sample(
            mutations =>
            {
                var bytes = Mutate(good, mutations);
                return bytes.AsSpan().SequenceEqual(good) || !Fits(() => SshSignature.Read(bytes), trusted);
            },
            iter: 20_000,
            threads: 2);
    }

    [Fact(Timeout = 120_000)]
    public async Task Whatever_the_text_nothing_but_a_format_exception_comes_out()
    {
        using var key = SshKey.Make();
        var good = key.Sign(Message);
        var trusted = key.Public;
        await Task.CompletedTask;

        Mutations.Sample(
            mutations =>
            {
                var text = Encoding.Latin1.GetString(Mutate(Encoding.Latin1.GetBytes(good), mutations));
                return text.TrimEnd('\n') == good.TrimEnd('\n') || !Fits(() => SshSignature.Parse(text), trusted);
            },
            iter: 20_000,
            threads: 2);
    }

    private static bool Fits(Func<SshSignature> read, PublicKey trusted)
    {
        try
        {
            var signature = read();
            return signature.Key == trusted && signature.Namespace == "bento-release" && SshSignatureVerifier.IsValid(signature, Message);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Mutate(byte[] good, (int At, int Operation, byte Value, uint Length)[] mutations)
    {
        var bytes = good.ToList();
        foreach (var (where, operation, value, length) in mutations)
        {
            var at = where % (bytes.Count + 1);
            switch (operation)
            {
                case 0 when at < bytes.Count:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4 when at + 4 <= bytes.Count:
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = ((byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length);
                    break;
                default:
                    break;
            }
        }

        return [.. bytes];
    }
}
