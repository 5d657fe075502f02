using System.Text.Json;

namespace Bento.PublicApi.Tests;

/// <summary>What Nix builds Bento of is what NuGet has locked: else a build from source takes other packages, or none.</summary>
public sealed class NixDependenciesTests
{
    private static readonly string[] Projects =
    [
        "Bento.Abstractions", "Bento.Engine", "Bento.Configuration", "Bento.PostgreSql", "Bento.Cli",
    ];

    [Fact]
    public void Every_package_that_is_locked_is_there_for_nix()
    {
        var listed = Listed();

        Assert.All(Projects.SelectMany(Locked), package => Assert.True(
            listed.Contains(package), $"{package.Name} {package.Version} is not in nix/deps.json: run eng/nix-deps.sh."));
    }

    [Fact]
    public void Nix_is_given_no_package_that_nothing_needs()
    {
        var needed = Projects.SelectMany(Locked).Select(package => package.Name).ToHashSet();

        // Those are not packages of a project, but what the SDK publishes a native program with.
        Assert.All(Listed().Where(package => !IsOfTheSdk(package.Name)), package => Assert.True(
            needed.Contains(package.Name), $"{package.Name} {package.Version} is in nix/deps.json for nothing: run eng/nix-deps.sh."));
    }

    private static bool IsOfTheSdk(string name) =>
        name.Contains(".runtime.", StringComparison.Ordinal)
        || name.Contains(".app.host.", StringComparison.Ordinal)
        || name.EndsWith(".ilcompiler", StringComparison.Ordinal);

    private static HashSet<(string Name, string Version)> Listed()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Join(DocumentationTests.Root, "nix", "deps.json")));
        return [.. list.RootElement.EnumerateArray().Select(package => (
            package.GetProperty("pname").GetString()!.ToLowerInvariant(), package.GetProperty("version").GetString()!))];
    }

    private static List<(string Name, string Version)> Locked(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Join(DocumentationTests.Root, "src", project, "packages.lock.json")));
        return [.. file.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => (package.Name.ToLowerInvariant(), package.Value.GetProperty("resolved").GetString()!))];
    }
}
