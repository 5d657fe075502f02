using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>A service that signs and answers about one host too late.</summary>
internal sealed class BrokenSigner : IReleaseSigner
{
    public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SshPublicKey>>([]);

    /// <summary>As a client of HTTP says it: cancelled, and by nobody who was asked to stop.</summary>
    public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PayloadJson.Read(payload.Span).Host == HostName.Parse("h1")
            ? throw new TaskCanceledException("The request was canceled.")
            : Task.FromResult<IReadOnlyList<string>>([]);
}
