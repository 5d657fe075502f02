using Bento.Status;
using Bento.Testing.Status;

namespace Bento.Testing.Tests.Status;

/// <summary>The suite passes on a store of fifty lines.</summary>
public sealed class DictionaryStoreTests : StatusStoreContract
{
    private readonly DictionaryStore.Records _records = new();

    protected override Task<IStatusStore> OpenAsync() => Task.FromResult<IStatusStore>(new DictionaryStore(_records));
}
