using Bento.Processes;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Trust;

/// <summary>A key that the real ssh-keygen made, and what the real ssh-keygen does with it.</summary>
internal sealed class SshKey : IDisposable
{
    private readonly TempDirectory _directory = new();

    private SshKey(string type, int? bits, string passphrase)
    {
        File = _directory["key"];
        string[] size = bits is { } b ? ["-b", $"{b}"] : [];
        _ = Shell.Run("ssh-keygen", ["-q", "-t", type, .. size, "-N", passphrase, "-C", "a test", "-f", File]);
    }

    public string File { get; }

    public SshPublicKey Public => SshPublicKey.Parse(System.IO.File.ReadAllText(File + ".pub"));

    public static SshKey Make(string type = "ed25519", int? bits = null, string passphrase = "") => new(type, bits, passphrase);

    /// <summary>What <c>ssh-keygen -Y sign</c> makes of a message.</summary>
    public string Sign(ReadOnlySpan<byte> message, string space = "bento-release", string hash = "sha512")
    {
        var path = _directory[$"message-{Guid.NewGuid():N}"];
        System.IO.File.WriteAllBytes(path, message);
        _ = Shell.Run("ssh-keygen", "-q", "-Y", "sign", "-f", File, "-n", space, "-O", $"hashalg={hash}", path);
        return System.IO.File.ReadAllText(path + ".sig");
    }

    /// <summary>Whether <c>ssh-keygen -Y verify</c> takes a signature from this key.</summary>
    public (bool IsGood, string Output) Verify(ReadOnlySpan<byte> message, string armor, string space = "bento-release") =>
        Verify(Public, message, armor, space);

    public static (bool IsGood, string Output) Verify(
        SshPublicKey key, ReadOnlySpan<byte> message, string armor, string space = "bento-release")
    {
        using var directory = new TempDirectory();
        System.IO.File.WriteAllBytes(directory["message"], message);
        _ = directory.WriteFile("allowed_signers", $"publisher {key}\n");
        _ = directory.WriteFile("signature", armor);
        var (exitCode, output) = Shell.Try(
            "sh", "-c", "ssh-keygen -Y verify -f \"$1\" -I publisher -n \"$2\" -s \"$3\" < \"$4\"", "sh",
            directory["allowed_signers"], space, directory["signature"], directory["message"]);
        return (exitCode == 0, output);
    }

    public static SshKeygenSigner Signer(params IEnumerable<string> keyFiles) => Signer(Runner, keyFiles);

    public static SshKeygenSigner Signer(IProcessRunner runner, params IEnumerable<string> keyFiles)
    {
        var options = new SigningOptions();
        foreach (var file in keyFiles)
        {
            options.KeyFiles.Add(file);
        }

        return new SshKeygenSigner(Options.Create(options), new SshKeygen(runner));
    }

    public static IProcessRunner Runner => new CliWrapProcessRunner(TimeProvider.System);

    public void Dispose() => _directory.Dispose();
}
