using System.Text.RegularExpressions;

namespace Bento.PublicApi.Tests;

/// <summary>docs/guide/telemetry.md lists what the code has: no more and no less.</summary>
public sealed partial class TelemetryDocumentationTests
{
    private static readonly string Page = DocumentationTests.Read("docs/guide/telemetry.md");

    public static TheoryData<string, string> Lists => new()
    {
        { "SpanNames.cs", "Spans" },
        { "TagNames.cs", "Attributes" },
        { "Instruments.cs", "Metrics" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_name_that_tools_see_is_documented_and_no_other(string file, string section)
    {
        var names = Name().Matches(DocumentationTests.Read($"src/Bento.Engine/Telemetry/{file}")).Select(match => match.Groups[1].Value);

        var rows = Row().Matches(Section(section))
            .SelectMany(row => Code().Matches(row.Groups[1].Value))
            .Select(code => code.Groups[1].Value);

        Assert.Equal(names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_attribute_of_a_span_or_a_metric_is_explained()
    {
        var explained = Section("Attributes");

        Assert.All(
            Row().Matches(Section("Spans") + Section("Metrics")).SelectMany(row => Code().Matches(row.Value).Skip(1))
                .Select(code => code.Value)
                .Where(code => code.Contains('.') && !code.Contains("IDeployer") && !code.Contains("IHostFreezer")),
            attribute => Assert.Contains(attribute, explained));
    }

    [Fact]
    public void Every_log_event_is_documented_with_its_number()
    {
        var events = new[] { "src/Bento.Engine/Telemetry/EventIds.cs", "src/Bento.Hosting/HostingEventIds.cs" }
            .SelectMany(file => EventId().Matches(DocumentationTests.Read(file)))
            .Select(match => $"{match.Groups[2].Value} {match.Groups[1].Value}")
            .ToList();

        var rows = EventRow().Matches(Section("Log events")).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");

        Assert.Equal(events.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
        Assert.Equal(events.Count, events.DistinctBy(line => line.Split(' ')[0]).Count());
    }

    [Fact]
    public void Every_log_event_has_the_name_of_its_number() => Assert.All(
        Directory.EnumerateFiles(Path.Join(DocumentationTests.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Message().Matches(File.ReadAllText(file))),
        message => Assert.Matches(
            $@"EventName = nameof\({message.Groups[1].Value}\)",
            message.Groups[2].Value));

    private static string Section(string name)
    {
        var from = Page.IndexOf($"\n## {name}\n", StringComparison.Ordinal);
        Assert.True(from >= 0, $"There is no section '{name}'.");
        var to = Page.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return Page[from..(to < 0 ? Page.Length : to)];
    }

    [GeneratedRegex("""
        "((?:bento|error|process|server|network)\.[a-z.]+)"
        """)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| (`[^|]+`) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("""
        \[LoggerMessage\(\s*(?:EventId = )?(\w*EventIds\.\w+)((?:[^\]"]|"[^"]*")*)\]
        """)]
    private static partial Regex Message();

    [GeneratedRegex(@"const int (\w+) = (\d+);")]
    private static partial Regex EventId();

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();
}
