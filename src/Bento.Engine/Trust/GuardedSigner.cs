using Bento.Processes;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>A signer of somebody else: what it throws is that it could not sign.</summary>
internal sealed class GuardedSigner(IReleaseSigner inner) : IReleaseSigner
{
    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        () => inner.ReadKeysAsync(cancellationToken),
        (reason, exception) => throw new SigningException(reason, exception),
        cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        () => inner.CheckAsync(cancellationToken),
        (reason, exception) => new SigningException(reason, exception),
        cancellationToken);

    public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        async () => await inner.SignAsync(payload, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("It gave no list of signatures."),
        (reason, exception) => throw new SigningException(reason, exception),
        cancellationToken);
}
