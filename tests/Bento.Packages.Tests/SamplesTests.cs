using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bento.TestBench.Nix;

namespace Bento.Packages.Tests;

/// <summary>Each sample on the packages, outside of the repository, doing what it is a sample of.</summary>
public sealed class SamplesTests(PackageFeed feed)
{
    private const string Web = "Microsoft.NET.Sdk.Web";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task A_transport_over_HTTP_a_store_and_a_signer_pass_the_suites_and_an_application_is_tested_on_the_scripted_fleet()
    {
        var project = FreshProject.OfSample(feed, "OwnParts", Web, ["xunit.v3", "Bento.Testing"]);
        File.WriteAllText(Path.Join(project.Directory, "Usings.cs"), "global using Xunit;");

        await project.BuildAsync();
        var output = await Dotnet.RunAsync(project.Program, project.Directory, new Dictionary<string, string?>(), "-noColor");

        Assert.True(Regex.IsMatch(output, "Total: [7-9][0-9], Errors: 0, Failed: 0, Skipped: 12,"), output);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_web_API_deploys_and_says_how_the_fleet_is()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = await FleetAsync(nix);
        var web = FreshProject.OfSample(feed, "WebApi", Web, ["Bento.Configuration", "Bento.Hosting"]);
        await web.BuildAsync();

        using var process = Dotnet.Start(
            web.Program, web.Directory, With(nix.Environment, "ASPNETCORE_URLS", "http://127.0.0.1:0"), fleet);
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(process.StandardOutput) };
            var published = await client.PostAsync(At("deploy/web"), content: null, Token);
            var unknown = await client.PostAsync(At("deploy/wbe"), content: null, Token);
            using var status = JsonDocument.Parse(await client.GetStringAsync(At("status"), Token));

            using var report = JsonDocument.Parse(await published.Content.ReadAsStringAsync(Token));
            Assert.Equal("published", report.RootElement.GetProperty("hosts")[0].GetProperty("outcome").GetString());
            Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
            Assert.Equal(
                ["db unpublished", "web new-machine"],
                status.RootElement.GetProperty("hosts").EnumerateArray()
                    .Select(host => $"{host.GetProperty("host").GetString()} {host.GetProperty("state").GetString()}"));
            Assert.Equal("Healthy", await client.GetStringAsync(At("health"), Token));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task The_night_gives_the_rest_a_version_only_when_its_canary_is_well_and_tells_a_chat()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var fleet = await FleetAsync(nix);
        var nightly = FreshProject.OfSample(
            feed, "Nightly", "Microsoft.NET.Sdk", ["Bento.Configuration", "Microsoft.Extensions.DependencyInjection"]);
        await nightly.BuildAsync();
        using var chat = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/hook/";
        chat.Prefixes.Add(address);
        chat.Start();

        // A canary that is never heard: no other host gets anything.
        var (code, line, told) = await RunAsync(nightly, nix, chat, fleet, "web", address, "1");
        Assert.Equal(1, code);
        Assert.StartsWith("web is not well with it, so the rest keeps what it has.", line, StringComparison.Ordinal);
        Assert.Equal(line, told);
        Assert.False(File.Exists(Path.Join(fleet, ".bento", "areas", "db", "release.json")));

        // The canary has it already: the rest gets it.
        (code, line, _) = await RunAsync(nightly, nix, chat, fleet, "web", address, "1");
        Assert.Equal((0, "1 of 2 hosts have something new."), (code, line));
        Assert.True(File.Exists(Path.Join(fleet, ".bento", "areas", "db", "release.json")));
        (code, line, _) = await RunAsync(nightly, nix, chat, fleet, "web", address, "1");
        Assert.Equal((0, "Nothing is new."), (code, line));

        // What does not evaluate is told by its kind, and publishes nothing.
        File.WriteAllText(Path.Join(fleet, "hosts", "db", "flake.nix"), "{ outputs = _: { nixosConfigurations.db = throw \"no\"; }; }");
        (code, line, _) = await RunAsync(nightly, nix, chat, fleet, "web", address, "1");
        Assert.Equal(1, code);
        Assert.Contains("(Evaluation)", line, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Line, string Told)> RunAsync(
        FreshProject nightly, PrivateNixStore nix, HttpListener chat, params string[] arguments)
    {
        using var process = Dotnet.Start(nightly.Program, nix.Root, nix.Environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        var context = await chat.GetContextAsync().WaitAsync(Token);
        using var told = await JsonDocument.ParseAsync(context.Request.InputStream, default, Token);
        context.Response.Close();
        await process.WaitForExitAsync(Token);
        Assert.Equal(string.Empty, await error);
        return (
            process.ExitCode,
            (await output).TrimEnd('\n').Split('\n')[^1],
            told.RootElement.GetProperty("text").GetString()!.Split('\n')[^1]);
    }

    private async Task<string> FleetAsync(PrivateNixStore nix)
    {
        var fleet = nix.CreateDirectory("fleet");
        await Dotnet.RunAsync(await feed.InstallToolAsync(), nix.Root, nix.Environment, "init", "--directory", fleet);
        Directory.Delete(Path.Join(fleet, "hosts", "example"), recursive: true);
        foreach (var host in new[] { "web", "db" })
        {
            _ = new TestFlake().With(host).WriteTo(Path.Join(fleet, "hosts", host));
        }

        return fleet;
    }

    private static Dictionary<string, string?> With(IReadOnlyDictionary<string, string?> environment, string name, string value) =>
        new(environment, StringComparer.Ordinal) { [name] = value };

    private static async Task<Uri> AddressAsync(StreamReader output)
    {
        const string Address = "Now listening on: ";

        string? line;
        do
        {
            line = await output.ReadLineAsync(Token);
            Assert.NotNull(line);
        }
        while (!line.Contains(Address, StringComparison.Ordinal));

        return new Uri(line[(line.IndexOf(Address, StringComparison.Ordinal) + Address.Length)..].Trim() + "/");
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
