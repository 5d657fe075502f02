using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bento.Protocol;

namespace Bento.PublicApi.Tests;

public sealed partial class DocumentationTests
{
    internal static readonly string Root = FindRoot();

    [Fact]
    public void The_program_in_the_readme_is_the_quickstart_sample()
    {
        const string Sample = "samples/Quickstart/Program.cs";

        var shown = Between(Read("README.md"), $"<!-- begin {Sample} -->\n```csharp\n", $"```\n<!-- end {Sample} -->");

        Assert.Equal(Read(Sample), shown);
    }

    [Fact]
    public void H12_the_guide_to_status_says_that_a_success_is_what_the_host_claims() =>
        Assert.Contains(
            "status never says more than that the host reported it",
            Read("docs/guide/status.md").ReplaceLineEndings(" "),
            StringComparison.Ordinal);

    [Fact]
    public void Every_exit_code_is_documented_with_its_name()
    {
        var codes = ExitCode().Matches(Read("src/Bento.Cli/Terminal/ExitCodes.cs"))
            .Select(match => (Name: match.Groups[1].Value, Code: match.Groups[2].Value))
            .ToList();

        Assert.NotEmpty(codes);
        var guide = Read("docs/guide/exit-codes.md");
        Assert.All(codes, code => Assert.Matches($@"(?m)^\| {code.Code}( to \d+)? \| `{code.Name}` \|", guide));
    }

    [Fact]
    public void Every_refusal_is_documented_with_its_exit_code()
    {
        var refused = int.Parse(
            ExitCode().Matches(Read("src/Bento.Cli/Terminal/ExitCodes.cs")).Single(
                match => match.Groups[1].Value == "Refused").Groups[2].Value,
            CultureInfo.InvariantCulture);

        var guide = Read("docs/guide/exit-codes.md");
        var protocol = Read("docs/protocol.md");
        Assert.All(Enum.GetValues<Refusal>(), refusal =>
        {
            Assert.Contains($"| {refused + (int)refusal} | `{refusal}` |", guide);
            Assert.Contains($"| `{refusal}` | {refused + (int)refusal} |", protocol);
        });
    }

    [Theory]
    [InlineData("bento")]
    [InlineData("agent")]
    public void Every_setting_is_documented(string file)
    {
        using var schema = JsonDocument.Parse(Read($"src/Bento.Configuration/Documents/{file}.schema.json"));
        var settings = Settings(schema.RootElement, string.Empty).ToList();

        Assert.NotEmpty(settings);
        var section = Between(Read("docs/guide/configuration.md"), $"\n## {file}.json\n", "\n## ");
        Assert.All(settings, setting => Assert.Contains($"\n| `{setting}` |", section));
    }

    [Fact]
    public void Every_fault_of_bash_bento_has_tests_that_exist()
    {
        var rows = FaultRow().Matches(Read("docs/guide/moving-from-bash-bento.md"));

        Assert.Equal(Enumerable.Range(1, 42).Select(number => $"S{number}"), rows.Select(row => row.Groups[1].Value));
        var sources = Directory.EnumerateFiles(Path.Join(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));
        Assert.All(rows, row =>
        {
            var tests = NamedTest().Matches(row.Groups[2].Value);
            Assert.True(tests.Count > 0 || row.Groups[2].Value.StartsWith("no counterpart: "), row.Value);
            Assert.All(tests, test => Assert.Contains($" {test.Groups[2].Value}(", sources[test.Groups[1].Value]));
        });
    }

    [Fact]
    public void Every_link_to_a_file_of_the_repository_leads_somewhere()
    {
        var links = Documents().SelectMany(
            document => Link().Matches(Read(document)).Select(match => (document, target: match.Groups[1].Value)))
            .Where(link => !link.target.Contains("://"))
            .ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Leads(link.document, link.target), $"{link.document}: {link.target}"));
    }

    [Fact]
    public void Every_package_has_its_reason()
    {
        var packages = XDocument.Parse(Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .ToList();

        Assert.NotEmpty(packages);
        var documented = Package().Matches(Read("docs/dependencies.md")).Select(match => match.Groups[1].Value);
        Assert.Equal(packages.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_attack_of_the_trust_page_has_tests_that_exist()
    {
        var rows = AttackRow().Matches(Read("docs/trust.md"))
            .Select(match => (Id: match.Groups[1].Value, Tests: match.Groups[2].Value))
            .ToList();
        var sources = Directory.EnumerateFiles(Path.Join(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var tests = AttackTest().Matches(row.Tests).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(tests);
            Assert.All(tests, test => Assert.True(
                test.StartsWith(row.Id + "_", StringComparison.Ordinal)
                    && sources.Exists(source => source.Contains($" {test}(", StringComparison.Ordinal)), $"{row.Id}: {test}"));
        });
    }

    [Fact]
    public void Every_fault_has_its_tests_and_they_exist()
    {
        var methods = new[] { "tests", "src/Bento.Testing" }
            .SelectMany(place => Directory.EnumerateFiles(Path.Join(Root, place), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        var rows = RowOfFaults().Matches(Read("docs/faults.md"))
            .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value, StringComparer.Ordinal);
        var expected = new[] { ("FP", 12), ("FO", 10), ("FD", 5), ("FB", 7), ("FA", 13), ("FR", 5), ("FX", 4), ("FE", 1) }
            .SelectMany(room => Enumerable.Range(1, room.Item2).Select(n => $"{room.Item1}{n}"));

        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, row =>
        {
            var tests = TestName().Matches(row.Value).Select(match => match.Groups[1].Value).ToList();
            Assert.True(tests.Any(test => test.Split('_').Contains(row.Key)), $"No test of {row.Key} carries its id.");
            Assert.All(tests, test => Assert.True(methods.Contains(test), $"{row.Key}: there is no test '{test}'."));
        });
    }

    private static IEnumerable<string> Documents() => Directory.EnumerateFiles(Root, "*.md")
        .Concat(Directory.EnumerateFiles(Path.Join(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path));

    private static bool Leads(string document, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? document : Path.Join(Path.GetDirectoryName(document), parts[0]);
        return Path.Exists(Path.Join(Root, file))
            && (parts.Length == 1 || Heading().Matches(Read(file)).Any(match => Anchor(match.Groups[1].Value) == parts[1]));
    }

    /// <summary>
    /// The name that a heading gets in a page: small letters, hyphens for spaces, nothing else but letters, digits, hyphens and
    /// underscores.
    /// </summary>
    private static string Anchor(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    private static IEnumerable<string> Settings(JsonElement schema, string prefix)
    {
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                yield return prefix + property.Name;
                foreach (var inner in Settings(property.Value, $"{prefix}{property.Name}."))
                {
                    yield return inner;
                }
            }
        }

        if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
        {
            foreach (var inner in Settings(others, $"{prefix}NAME."))
            {
                yield return inner;
            }
        }
    }

    private static string Between(string text, string begin, string end)
    {
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"There is no '{begin}'.");
        from += begin.Length;
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        Assert.True(to >= 0, $"There is no '{end}' after '{begin}'.");
        return text[from..to];
    }

    internal static string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Join(directory.FullName, "Bento.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Bento.sln above '{AppContext.BaseDirectory}'.");
    }

    [GeneratedRegex(@"public const int (\w+) = (\d+);", RegexOptions.CultureInvariant)]
    private static partial Regex ExitCode();

    [GeneratedRegex(@"(?:public|internal) (?:async Task|void) (\w+)\(", RegexOptions.CultureInvariant)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^\| (F[PODBARXE]\d+) \|(.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex RowOfFaults();

    [GeneratedRegex(@"`([A-Z]+\d+_\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (T\d+) \|.*\| ([^|]*) \|$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex AttackRow();

    [GeneratedRegex(@"`(\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex AttackTest();

    [GeneratedRegex(@"^\| (S\d+) \| [^|]+ \| (.+) \|$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FaultRow();

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`", RegexOptions.CultureInvariant)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Package();
}
