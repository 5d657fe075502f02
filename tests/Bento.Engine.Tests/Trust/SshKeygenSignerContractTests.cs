using Bento.Testing;
using Bento.Testing.Trust;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

/// <summary>The whole contract with the real ssh-keygen.</summary>
[Covers(typeof(SshKeygenSigner))]
public sealed class SshKeygenSignerContractTests : ReleaseSignerContract
{
    private readonly SshKey _first = SshKey.Make();
    private readonly SshKey _second = SshKey.Make("ecdsa", 256);
    private SshKeygenSigner? _signer;

    protected override Task<IReleaseSigner> CreateAsync() =>
        Task.FromResult<IReleaseSigner>(_signer = SshKey.Signer(_first.File, _second.File));

    protected override ValueTask CleanUpAsync()
    {
        _signer?.Dispose();
        _first.Dispose();
        _second.Dispose();
        return ValueTask.CompletedTask;
    }
}
