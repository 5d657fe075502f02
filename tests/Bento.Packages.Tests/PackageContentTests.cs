using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bento.TestBench;

namespace Bento.Packages.Tests;

public sealed partial class PackageContentTests(PackageFeed feed)
{
    private static readonly string Url = Repository.Property("RepositoryUrl");

    public static TheoryData<string> Packages => [.. PackageFeed.Libraries, "Bento.Cli"];

    public static TheoryData<string> Libraries => [.. PackageFeed.Libraries];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_where_it_comes_from_and_under_which_terms(string package)
    {
        var metadata = feed.Metadata(package);

        Assert.Equal("MIT", metadata.Element("license")?.Value);
        Assert.Equal(Url, metadata.Element("projectUrl")?.Value);
        Assert.Equal(Url, metadata.Element("repository")?.Attribute("url")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", metadata.Element("repository")?.Attribute("commit")?.Value);
        Assert.StartsWith(Url, metadata.Element("releaseNotes")?.Value);
        Assert.NotEmpty(metadata.Element("description")!.Value);
        Assert.Equal(Repository.Read("LICENSE"), feed.Read(package, "LICENSE"));
        Assert.StartsWith(
            "\u0089PNG", Encoding.Latin1.GetString(Bytes(package, metadata.Element("icon")!.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Its_page_stands_alone(string package)
    {
        var page = feed.Read(package, feed.Metadata(package).Element("readme")!.Value);

        Assert.Contains("dotnet add package ", page, StringComparison.Ordinal);
        Assert.All(Link().Matches(page), link => Assert.StartsWith("https://", link.Groups[1].Value));
        Assert.All(
            Link().Matches(page)
                .Select(link => link.Groups[1].Value)
                .Where(link => link.StartsWith($"{Url}/blob/main/", StringComparison.Ordinal)),
            link => Assert.True(File.Exists(Repository.PathTo(link[$"{Url}/blob/main/".Length..])), link));
    }

    [Theory]
    [InlineData("Bento.Configuration", "Quickstart")]
    [InlineData("Bento.Hosting", "NotifyOnFailure")]
    public void A_page_shows_a_sample_that_runs(string package, string sample) => Assert.Contains(
        $"```csharp\n{Repository.Read($"samples/{sample}/Program.cs")}```\n", feed.Read(package, "README.md"), StringComparison.Ordinal);

    [Fact]
    public void The_contracts_depend_on_nothing() => Assert.Empty(feed.Metadata("Bento.Abstractions").Descendants("dependency"));

    [Theory]
    [InlineData("Bento.Engine", "Bento.Abstractions")]
    [InlineData("Bento.Configuration", "Bento.Engine")]
    [InlineData("Bento.Hosting", "Bento.Engine")]
    public void A_library_asks_for_no_patch_that_it_does_not_need(string package, string below)
    {
        var dependencies = feed.Metadata(package).Descendants("dependency")
            .ToDictionary(dependency => dependency.Attribute("id")!.Value, dependency => dependency.Attribute("version")!.Value);

        Assert.Equal(PackageFeed.Version, dependencies[below]);
        Assert.All(
            dependencies.Where(dependency => dependency.Key.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)),
            dependency => Assert.Equal("10.0.0", dependency.Value));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_is_documented_is_what_can_be_called(string package)
    {
        var exported = System.Reflection.Assembly.Load(package)
            .GetExportedTypes()
            .Select(type => type.FullName!.Replace('+', '.'))
            .ToHashSet();
        var documented = XDocument.Parse(feed.Read(package, $"lib/net10.0/{package}.xml")).Descendants("member")
            .Select(member => member.Attribute("name")!.Value)
            .ToList();

        Assert.All(documented, id => Assert.Contains(TypeOf(id), exported));
        Assert.All(exported, type => Assert.Contains($"T:{type}", documented));

        string TypeOf(string id) => id[0] == 'T' ? id[2..] : id[2..].Split('(')[0] is var name ? name[..name.LastIndexOf('.')] : id;
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Debuggers_find_the_sources(string package)
    {
        using var archive = feed.Open(package, "snupkg");
        using var symbols = new MemoryStream();
        using (var entry = archive.GetEntry($"lib/net10.0/{package}.pdb")!.Open())
        {
            entry.CopyTo(symbols);
        }

        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();
        var links = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == new Guid("CC110556-A091-4D38-9FEC-25AB9A351A6A"));
        using var json = JsonDocument.Parse(reader.GetBlobBytes(links.Value));

        var commit = feed.Metadata(package).Element("repository")!.Attribute("commit")!.Value;
        Assert.Equal(
            $"{Url.Replace("github.com", "raw.githubusercontent.com", StringComparison.Ordinal)}/{commit}/*",
            json.RootElement.GetProperty("documents").EnumerateObject().Single().Value.GetString());
    }

    private byte[] Bytes(string package, string file)
    {
        using var archive = feed.Open(package);
        using var entry = archive.GetEntry(file)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
