using Bento.Status;
using Bento.Testing;
using Bento.Testing.Status;

namespace OwnParts;

[Covers(typeof(FolderStore))]
public sealed class FolderStoreTests : StatusStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    protected override Task<IStatusStore> OpenAsync() => Task.FromResult<IStatusStore>(new FolderStore(_folder));

    protected override ValueTask CleanUpAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
