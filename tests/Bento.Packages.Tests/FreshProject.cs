using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bento.TestBench;

namespace Bento.Packages.Tests;

/// <summary>
/// A project as <c>dotnet new</c> makes it, outside of the repository, with the packages that a package page tells to add.
/// </summary>
internal sealed partial class FreshProject
{
    private readonly string _name;

    private FreshProject(string directory, string name) => (Directory, _name) = (directory, name);

    public string Directory { get; }

    /// <summary>The program, when it is built.</summary>
    public string Program => Path.Join(Directory, "out", _name);

    /// <summary>Writes a project.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="name">Its name.</param>
    /// <param name="sdk">What kind it is.</param>
    /// <param name="program">Program.cs.</param>
    /// <param name="packages">What is added to it.</param>
    public static FreshProject Create(PackageFeed feed, string name, string sdk, string program, IEnumerable<string> packages)
    {
        var directory = System.IO.Directory.CreateDirectory(Path.Join(feed.Projects, name)).FullName;
        File.WriteAllText(Path.Join(directory, "Program.cs"), program);
        File.WriteAllText(
            Path.Join(directory, $"{name}.csproj"),
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{VersionOf(package)}\" />"))}
              </ItemGroup>
            </Project>
            """);
        return new FreshProject(directory, name);
    }

    /// <summary>Makes a project of a sample, with all of its files of code.</summary>
    /// <param name="feed">The packages.</param>
    /// <param name="sample">The folder below samples/.</param>
    /// <param name="sdk">What kind it is.</param>
    /// <param name="packages">What is added to it.</param>
    public static FreshProject OfSample(PackageFeed feed, string sample, string sdk, IEnumerable<string> packages)
    {
        var project = Create(feed, sample, sdk, string.Empty, packages);
        File.Delete(Path.Join(project.Directory, "Program.cs"));
        foreach (var file in System.IO.Directory.EnumerateFiles(Repository.PathTo($"samples/{sample}"), "*.cs"))
        {
            File.Copy(file, Path.Join(project.Directory, Path.GetFileName(file)));
        }

        return project;
    }

    /// <summary>What the page of a package tells to add.</summary>
    public static IEnumerable<string> PackagesOf(string page) => AddPackage().Matches(page).Select(match => match.Groups[1].Value);

    public Task BuildAsync() => Dotnet.RunAsync(Directory, "build", "--output", "out", "--verbosity", "quiet");

    /// <summary>Publishes it as a native program; a warning of the compiler is an error.</summary>
    public Task CompileAsync() => Dotnet.RunAsync(
        Directory, "publish", "--use-current-runtime", "-p:PublishAot=true", "--output", "out", "--verbosity", "quiet");

    private static string VersionOf(string package)
    {
        if (package.StartsWith("Bento.", StringComparison.Ordinal))
        {
            return PackageFeed.Version;
        }

        var versions = XDocument.Load(Repository.PathTo("Directory.Packages.props"));
        var version = versions.Descendants("PackageVersion")
            .Single(known => known.Attribute("Include")!.Value == package)
            .Attribute("Version")!.Value;
        return version == "$(ExtensionsVersion)" ? versions.Descendants("ExtensionsVersion").First().Value : version;
    }

    [GeneratedRegex(@"^dotnet add package (\S+)$", RegexOptions.Multiline)]
    private static partial Regex AddPackage();
}
