using Bento.Testing.Fleet;
using Bento.Testing.Trust;
using Bento.Trust;

namespace Bento.Testing.Tests.Trust;

[Covers(typeof(FleetSigner))]
public sealed class FleetSignerTests : ReleaseSignerContract
{
    private readonly FleetSigner _signer = new();

    protected override Task<IReleaseSigner> CreateAsync() => Task.FromResult<IReleaseSigner>(_signer);

    protected override ValueTask CleanUpAsync()
    {
        _signer.Dispose();
        return ValueTask.CompletedTask;
    }
}
