using Bento.Processes;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>A signer of somebody else: what it throws is that it could not sign.</summary>
internal sealed class GuardedSigner(IReleaseSigner inner) : IReleaseSigner
{
    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
        ForeignPart.AskAsync<IReadOnlyList<SshPublicKey>>(
            inner,
            async () => [.. await inner.ReadKeysAsync(cancellationToken).ConfigureAwait(false)],
            (reason, exception) => throw new SigningException(reason, exception),
            cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => ForeignPart.AskAsync(
        inner,
        () => inner.CheckAsync(cancellationToken),
        (reason, exception) => new SigningException(reason, exception),
        cancellationToken);

    public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        ForeignPart.AskAsync<IReadOnlyList<string>>(
            inner,
            async () => [.. ForeignPart.Given(
                await inner.SignAsync(payload, cancellationToken).ConfigureAwait(false), "list of signatures")],
            (reason, exception) => throw new SigningException(reason, exception),
            cancellationToken);
}
