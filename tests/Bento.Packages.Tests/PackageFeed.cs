using System.IO.Compression;
using System.Xml.Linq;
using Bento.TestBench;

[assembly: AssemblyFixture(typeof(Bento.Packages.Tests.PackageFeed))]

namespace Bento.Packages.Tests;

/// <summary>All packages of this repository, made once by <c>dotnet pack</c> into a folder, and a NuGet that knows that folder.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private Task? _installation;

    public static string[] Libraries =>
        ["Bento.Abstractions", "Bento.Engine", "Bento.Configuration", "Bento.Hosting", "Bento.PostgreSql", "Bento.Testing"];

    public static string Version { get; } = Repository.Property("Version");

    public string Packages => _directory["packed"];

    /// <summary>Where fresh projects are made: outside of the repository, with a NuGet configuration of their own.</summary>
    public string Projects => _directory["projects"];

    public async ValueTask InitializeAsync()
    {
        // What was built for the tests is what is packed.
        foreach (var project in Libraries.Append("Bento.Cli"))
        {
            await Dotnet.RunAsync(
                Repository.Root,
                "pack",
                $"src/{project}",
                "--no-build",
                "--configuration",
                Repository.Configuration,
                "--output",
                Packages,
                "--verbosity",
                "quiet");
        }

        var machine = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _directory.WriteFile(
            "projects/NuGet.Config",
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_directory["installed"]}" /></config>
              <fallbackPackageFolders><clear /><add key="machine" value="{machine}" /></fallbackPackageFolders>
              <packageSources>
                <clear />
                <add key="packed" value="{Packages}" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="packed"><package pattern="Bento.*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Installs the tool, once for all tests.</summary>
    /// <returns>The program.</returns>
    public async Task<string> InstallToolAsync()
    {
        await (_installation ??= Dotnet.RunAsync(
            Projects, "tool", "install", "Bento.Cli", "--version", Version, "--tool-path", _directory["tools"]));
        return Path.Join(_directory["tools"], "bento");
    }

    /// <summary>Opens a package; its name ends in <c>nupkg</c> or <c>snupkg</c>.</summary>
    public ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(Path.Join(Packages, $"{package}.{Version}.{extension}"));

    /// <summary>Reads a file of a package.</summary>
    public string Read(string package, string file)
    {
        using var archive = Open(package);
        using var reader = new StreamReader(
            archive.GetEntry(file)?.Open() ?? throw new FileNotFoundException($"{package} holds no {file}."));
        return reader.ReadToEnd();
    }

    /// <summary>The metadata of a package, without the namespace that NuGet gives it.</summary>
    public XElement Metadata(string package)
    {
        var document = XDocument.Parse(Read(package, $"{package}.nuspec"));
        foreach (var element in document.Descendants())
        {
            element.Name = element.Name.LocalName;
        }

        return document.Root!.Element("metadata")!;
    }
}
