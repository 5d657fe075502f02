using System.Text.Json;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Packages.Tests;

/// <summary>What somebody does who has nothing but the packages and their pages.</summary>
public sealed class EmbeddingTests(PackageFeed feed)
{
    private const string Console = "Microsoft.NET.Sdk";

    [Fact(Timeout = 300_000)]
    public async Task The_quickstart_deploys_a_fleet_that_the_tool_made_signed_by_its_key_and_a_web_application_shows_it()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = await FleetAsync(nix);
        var quickstart = Quickstart();
        var web = FreshProject.Create(
            feed,
            "Web",
            "Microsoft.NET.Sdk.Web",
            """
            using Bento.Hosts;
            using Bento.Status;

            var builder = WebApplication.CreateBuilder();
            builder.Configuration["Bento:Directory"] = args[0];
            builder.Services.AddBento(builder.Configuration.GetSection("Bento"));
            var app = builder.Build();
            app.MapGet("/hosts", async (IFleetStatus status, CancellationToken cancellationToken) =>
            {
                var hosts = await status.ReadAsync(HostSelector.All, cancellationToken);
                return string.Join('\n', hosts.Select(host => $"{host.Host} {host.State}"));
            });
            app.Urls.Add("http://127.0.0.1:0");
            await app.RunAsync();
            """,
            ["Bento.Configuration"]);

        await quickstart.BuildAsync();
        var deployed = await Dotnet.RunAsync(quickstart.Program, nix.Root, nix.Environment, fleet);
        await web.BuildAsync();
        var shown = await HostsAsync(web, nix, fleet);

        Assert.Matches($"^web: Published {nix.StoreDirectory}/.*-web-", deployed);
        using var release = JsonDocument.Parse(File.ReadAllText(Path.Join(fleet, ".bento", "areas", "web", "release.json")));
        Assert.Single(release.RootElement.GetProperty("signatures").EnumerateArray());
        Assert.Equal("web NewMachine", shown);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_worker_on_the_packages_watches_a_fleet_until_it_is_stopped()
    {
        var fleet = Path.Join(feed.Projects, "watched");
        await Dotnet.RunAsync(
            await feed.InstallToolAsync(), feed.Projects, new Dictionary<string, string?>(), "init", "--directory", fleet);
        Directory.CreateDirectory(Path.Join(fleet, ".bento", "areas", "web", "release.json"));
        var worker = FreshProject.Create(
            feed,
            "Worker",
            "Microsoft.NET.Sdk.Worker",
            Repository.Read("samples/NotifyOnFailure/Program.cs"),
            FreshProject.PackagesOf(feed.Read("Bento.Hosting", "README.md")));

        await worker.BuildAsync();
        using var process = Dotnet.Start(worker.Program, worker.Directory, new Dictionary<string, string?>(), fleet, "1");
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Shell.Run("kill", "-TERM", $"{process.Id}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("web needs attention: ", line, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_tool_makes_a_fleet_and_describes_it()
    {
        var fleet = Path.Join(feed.Projects, "fleet");
        var bento = await feed.InstallToolAsync();

        var version = await Dotnet.RunAsync(bento, feed.Projects, new Dictionary<string, string?>(), "--version");
        await Dotnet.RunAsync(bento, feed.Projects, new Dictionary<string, string?>(), "init", "--directory", fleet);

        Assert.StartsWith(PackageFeed.Version, version, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Join(fleet, "bento.json")));
    }

    /// <summary>Takes a minute of both cores; ./test.sh --packages asks for it.</summary>
    [Fact(Timeout = 600_000, Explicit = true)]
    public async Task The_quickstart_as_a_native_program_deploys_a_fleet()
    {
        using var nix = new PrivateNixStore();
        var fleet = await FleetAsync(nix);
        var quickstart = Quickstart("Native");

        await quickstart.CompileAsync();
        var deployed = await Dotnet.RunAsync(quickstart.Program, nix.Root, nix.Environment, fleet);

        Assert.Matches($"^web: Published {nix.StoreDirectory}/.*-web-", deployed);
    }

    private FreshProject Quickstart(string name = "Quickstart") => FreshProject.Create(
        feed, name, Console, Repository.Read("samples/Quickstart/Program.cs"), FreshProject.PackagesOf(
            feed.Read("Bento.Configuration", "README.md")));

    private async Task<string> FleetAsync(PrivateNixStore nix)
    {
        var fleet = nix.CreateDirectory("fleet");
        await Dotnet.RunAsync(await feed.InstallToolAsync(), nix.Root, nix.Environment, "init", "--directory", fleet);
        Directory.Delete(Path.Join(fleet, "hosts", "example"), recursive: true);
        _ = new TestFlake().With("web").WriteTo(Path.Join(fleet, "hosts", "web"));
        return fleet;
    }

    private static async Task<string> HostsAsync(FreshProject web, PrivateNixStore nix, string fleet)
    {
        const string Address = "Now listening on: ";

        using var process = Dotnet.Start(web.Program, web.Directory, nix.Environment, fleet);
        try
        {
            string? line;
            do
            {
                line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.NotNull(line);
            }
            while (!line.Contains(Address, StringComparison.Ordinal));

            using var client = new HttpClient();
            return await client.GetStringAsync(
                new Uri(line[(line.IndexOf(Address, StringComparison.Ordinal) + Address.Length)..].Trim() + "/hosts"),
                TestContext.Current.CancellationToken);
        }
        finally
        {
            process.Kill();
        }
    }
}
