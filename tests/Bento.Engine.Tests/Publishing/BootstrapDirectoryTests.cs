using Bento.Publishing;
using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Engine.Tests.Publishing;

public sealed class BootstrapDirectoryTests
{
    private readonly InMemoryServer _server = new();
    private readonly HostName _host = HostName.Parse("h1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_unpacked_there_once_is_taken_away(bool hasScript)
    {
        var area = await AreaAsync("config/flake.nix", "config/sub/file", "config/bootstrap.sh");

        await PrepareAsync(area, hasScript);

        Assert.Equal(hasScript ? ["config", "content", "logs"] : ["content", "logs"], await NamesAsync(area, string.Empty));
        Assert.Empty(await NamesAsync(area, "config"));
    }

    [Fact]
    public async Task The_script_alone_stays_until_it_is_replaced()
    {
        var area = await AreaAsync("config/bootstrap.sh");

        await PrepareAsync(area, hasScript: true);

        Assert.Equal(["bootstrap.sh"], await NamesAsync(area, "config"));
    }

    [Fact]
    public async Task Where_no_script_is_published_an_old_one_goes()
    {
        var area = await AreaAsync("config/bootstrap.sh");

        await PrepareAsync(area, hasScript: false);

        Assert.Equal(["content", "logs"], await NamesAsync(area, string.Empty));
    }

    [Fact]
    public async Task A_new_area_gets_a_directory_only_for_a_script()
    {
        var area = await AreaAsync();

        await PrepareAsync(area, hasScript: false);
        Assert.Equal(["content", "logs"], await NamesAsync(area, string.Empty));

        await PrepareAsync(area, hasScript: true);
        Assert.Equal(["config", "content", "logs"], await NamesAsync(area, string.Empty));
    }

    private static async Task PrepareAsync(IArea area, bool hasScript) =>
        await BootstrapDirectory.PrepareAsync(area, await BootstrapDirectory.LookAsync(area, Token), hasScript, Token);

    private static async Task<List<string>> NamesAsync(IArea area, string path) =>
        await area.ListAsync(path, Token).Select(entry => entry.Name).Order().ToListAsync(Token);

    private async Task<IArea> AreaAsync(params string[] files)
    {
        var area = (await new InMemoryTransport { Server = _server }.ConnectAsync(Token)).OpenArea(_host);
        await area.EnsureAsync(Token);
        foreach (var file in files)
        {
            for (var slash = file.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.IndexOf('/', slash + 1))
            {
                await area.EnsureDirectoryAsync(file[..slash], Token);
            }

            await area.WriteAsync(file, new MemoryStream([1]), Token);
        }

        return area;
    }
}
