using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Trust;

/// <summary>
/// Signs by <c>ssh-keygen -Y sign</c>: passphrases, agents and FIDO tokens work as they do for ssh. Without key files it signs nothing.
/// </summary>
internal sealed class SshKeygenSigner(IOptions<SigningOptions> options, SshKeygen keygen) : IReleaseSigner, IDisposable
{
    private readonly IReadOnlyList<string> _keyFiles = [.. options.Value.KeyFiles];

    // One at a time: a passphrase or a touch is asked for by one program.
    private readonly SemaphoreSlim _turn = new(1);

    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SshPublicKey>>([.. _keyFiles.Select(SigningKeyFile.ReadPublicKey)]);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var file in _keyFiles)
        {
            SigningKeyFile.Check(file);
        }

        if (_keyFiles.Count > 0)
        {
            await keygen.CheckAsync(_keyFiles[0], cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var signatures = new List<string>();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var file in _keyFiles)
            {
                signatures.Add(await SignAsync(file, payload, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            _ = _turn.Release();
        }

        return signatures;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string> SignAsync(string file, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var key = SigningKeyFile.ReadPublicKey(file);

        // By standard input, so that no file with the payload can be changed or left behind.
        var armor = await keygen.RunAsync(
            ["-Y", "sign", "-f", file, "-n", TrustPolicy.Namespace], file, payload, cancellationToken).ConfigureAwait(false);
        return IsGood(armor, key, payload.Span)
            ? armor
            : throw new SigningException($"ssh-keygen signed with '{file}', and no agent could verify that.")
            {
                NextStep =
                    $"Check that '{file}.pub' is the public half of it, and that the release is signed by hand as it should be: "
                        + $"ssh-keygen -Y sign -f {file} -n {TrustPolicy.Namespace}",
            };
    }

    /// <summary>Looked at with the eyes of an agent before it is published: afterwards every host would refuse it.</summary>
    private static bool IsGood(string armor, SshPublicKey key, ReadOnlySpan<byte> payload)
    {
        try
        {
            var signature = SshSignature.Parse(armor);
            return signature.Key == key && signature.Namespace == TrustPolicy.Namespace && SshSignatureVerifier.IsValid(signature, payload);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
