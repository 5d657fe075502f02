using System.Text;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Trust;
using CsCheck;

namespace Bento.Engine.Tests.Trust;

public sealed class SshSignatureFuzzTests
{
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a payload");

    [Theory(Timeout = Mutation.Timeout)]
    [InlineData("ed25519", null)]
    [InlineData("ecdsa", 256)]
    [InlineData("rsa", 2048)]
    public async Task Whatever_the_bytes_nothing_but_a_format_exception_comes_out_and_no_other_signature_fits(string type, int? bits)
    {
        using var key = SshKey.Make(type, bits);
        var good = SignatureForge.Blob(key.Sign(Message));
        var trusted = key.Public;
        await Task.CompletedTask;

        Mutation.Any.Sample(
            mutations =>
            {
                var bytes = Mutation.Apply(good, mutations);
                return bytes.AsSpan().SequenceEqual(good) || !Fits(() => SshSignature.Read(bytes), trusted);
            },
            iter: Fuzz.Rounds(20_000),
            threads: 2);
    }

    [Fact(Timeout = Mutation.Timeout)]
    public async Task Whatever_the_text_nothing_but_a_format_exception_comes_out()
    {
        using var key = SshKey.Make();
        var good = key.Sign(Message);
        var trusted = key.Public;
        await Task.CompletedTask;

        Mutation.Any.Sample(
            mutations =>
            {
                var text = Encoding.Latin1.GetString(Mutation.Apply(Encoding.Latin1.GetBytes(good), mutations));
                return text.TrimEnd('\n') == good.TrimEnd('\n') || !Fits(() => SshSignature.Parse(text), trusted);
            },
            iter: Fuzz.Rounds(20_000),
            threads: 2);
    }

    private static bool Fits(Func<SshSignature> read, SshPublicKey trusted)
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
}
