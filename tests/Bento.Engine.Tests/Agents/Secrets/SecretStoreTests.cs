using Bento.Agents.Secrets;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Agents.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private static readonly Release Release = SomeRelease.Of(sequence: 5);

    private readonly TempDirectory _state = new();

    public void Dispose() => _state.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("\0\0\0\0")]
    [InlineData("{}")]
    [InlineData("""{ "current": {}, "previous": null }""")]
    [InlineData("""{ "current": { "release": null, "secrets": null }, "previous": null }""")]
    [InlineData("""{ "current": { "release": "no id", "secrets": null }, "previous": null }""")]
    public void A_damaged_record_is_set_aside_and_what_comes_next_goes_on(string damaged)
    {
        _state.WriteFile("record.json", damaged);
        var store = new SecretStore(_state.FullPath);

        Assert.Equal(SecretRecord.Empty, store.Load());
        store.Save(new SecretRecord(new SecretGeneration(Release.Id, null), null));

        Assert.Equal(Release.Id, store.Load().Current?.Release);
        Assert.Equal(damaged, File.ReadAllText(_state["record.json.bad-1"]));
        Assert.True(store.WasDamaged);
    }

    [Fact]
    public void A_record_that_is_whole_or_not_there_is_not_remarked_upon()
    {
        var store = new SecretStore(_state.FullPath);

        Assert.Equal(SecretRecord.Empty, store.Load());
        store.Save(new SecretRecord(null, null));

        Assert.Equal((SecretRecord.Empty, false), (store.Load(), store.WasDamaged));
    }
}
