using Bento.Hosts;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing;
using Bento.Testing.Status;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Status;

[Covers(typeof(FileStatusStore))]
public sealed class FileStatusStoreContractTests : StatusStoreContract
{
    private readonly TempDirectory _state = new();

    protected override Task<IStatusStore> OpenAsync() => Task.FromResult<IStatusStore>(new FileStatusStore(
        new StateDirectories(Options.Create(new BentoOptions { Directory = _state.FullPath, StateDirectory = _state.FullPath }))));

    protected override ValueTask CleanUpAsync()
    {
        _state.Dispose();
        return ValueTask.CompletedTask;
    }
}
