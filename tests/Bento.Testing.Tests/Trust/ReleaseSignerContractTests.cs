using Bento.Protocol;
using Bento.Testing.Fleet;
using Bento.Testing.Trust;
using Bento.Trust;

namespace Bento.Testing.Tests.Trust;

public sealed class ReleaseSignerContractTests
{
    [Fact(Timeout = 60_000)]
    public Task A_signature_of_another_payload_is_found() =>
        Suite.FailsAsync(new Runs(), suite => suite.A_host_that_trusts_any_of_its_keys_takes_a_release_that_it_signed());

    private sealed class Runs : ReleaseSignerContract
    {
        private readonly FleetSigner _inner = new();

        protected override Task<IReleaseSigner> CreateAsync() => Task.FromResult<IReleaseSigner>(new Careless(_inner));

        protected override ValueTask CleanUpAsync()
        {
            _inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Signs what it signed before.</summary>
    private sealed class Careless(FleetSigner inner) : IReleaseSigner
    {
        public Task<IReadOnlyList<SshPublicKey>> ReadKeysAsync(CancellationToken cancellationToken) =>
            inner.ReadKeysAsync(cancellationToken);

        public Task<IReadOnlyList<string>> SignAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
            inner.SignAsync(new byte[1], cancellationToken);
    }
}
