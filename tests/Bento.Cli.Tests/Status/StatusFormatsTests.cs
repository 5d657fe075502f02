using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Status;

namespace Bento.Cli.Tests.Status;

/// <summary>What every way of showing a status says of a flag.</summary>
public sealed class StatusFormatsTests
{
    public static TheoryData<StatusFlags> Flags => [.. Enum.GetValues<StatusFlags>().Where(flag => flag != StatusFlags.None)];

    [Theory]
    [MemberData(nameof(Flags))]
    public void A_flag_has_a_word_in_the_table_in_json_and_in_a_metric(StatusFlags flag)
    {
        var status = Host(flag);
        var json = new StringWriter();
        var metrics = new StringWriter();

        json.Write(DocumentJson.Write(StatusDocument.Of([status]), isIndented: false));
        StatusPrometheus.Write(metrics, [status]);

        var word = Assert.Single(StateWords.Flags(status));
        Assert.Contains($"\"flags\":[\"{word.Replace(' ', '-')}\"]", json.ToString(), StringComparison.Ordinal);
        Assert.Contains($"bento_host_{word.Replace(' ', '_')}{{host=\"web\"}} 1", metrics.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusFlags.Stuck)]
    [InlineData(StatusFlags.Overdue)]
    public void A_host_that_cannot_or_does_not_take_its_release_needs_attention_everywhere(StatusFlags flag)
    {
        var status = Host(flag);
        var json = new StringWriter();
        var metrics = new StringWriter();
        var summary = new StringWriter();

        json.Write(DocumentJson.Write(StatusDocument.Of([status]), isIndented: false));
        StatusPrometheus.Write(metrics, [status]);
        StatusSummary.Write(summary, [status]);

        Assert.StartsWith("! up to date", StateWords.WithFlags(status), StringComparison.Ordinal);
        Assert.Contains("\"needsAttention\":true", json.ToString(), StringComparison.Ordinal);
        Assert.Contains("bento_host_needs_attention{host=\"web\"} 1", metrics.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("look at web", summary.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    private static HostStatus Host(StatusFlags flags) => new()
    {
        Host = HostName.Parse("web"),
        State = HostState.UpToDate,
        Reason = "Release 1: The host switched to the system.",
        Flags = flags,
    };
}
