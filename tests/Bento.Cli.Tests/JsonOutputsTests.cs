using System.Text.Json;
using Bento.Building;
using Bento.Cli.Help;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Approved;
using Bento.Cli.Trust;
using Bento.Documents;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;

namespace Bento.Cli.Tests;

public sealed class JsonOutputsTests
{
    [Fact]
    public void Every_command_that_prints_JSON_has_its_public_record()
    {
        using var nowhere = new StringWriter();
        var io = new CliIo(nowhere, nowhere, new Dictionary<string, string>(StringComparer.Ordinal), "/");

        Assert.Equal(
            CommandTree.Leaves(CliApplication.Root(io))
                .Where(leaf => leaf.Command.Options.Any(option => option.Name == "--json"))
                .Select(leaf => leaf.Path)
                .Order(StringComparer.Ordinal),
            JsonOutputs.ByCommand.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_document_of_the_sample_fleet_reads_back_as_it_was()
    {
        ReadsBack(StatusDocument.Of(SampleFleet.Statuses));
        ReadsBack(HistoryDocument.Of([SampleFleet.History]));
        ReadsBack(PlanDocument.Of(SampleFleet.Plan));
        ReadsBack(DeployDocument.Of(SampleFleet.Report));
        ReadsBack(DeployDocument.Of(SampleFleet.Forecast));
        ReadsBack(DifferenceDocument.Of(SampleFleet.Differences));
        ReadsBack(HostsDocument.Of(SampleFleet.Hosts));
        ReadsBack(FindingsDocument.Of(SampleFleet.Findings));
        ReadsBack(AgentStatusDocument.Of(SampleFleet.Agent));
        ReadsBack(TrustDocuments.Of(SampleFleet.Trust, SampleFleet.Keys));

        static void ReadsBack<T>(T document)
            where T : class => Assert.Equal(document, DocumentJson.Read<T>(DocumentJson.Write(document, isIndented: false)));
    }

    [Theory]
    [InlineData("""{"hosts":[{"host":"a","state":"sad","reason":""}]}""")]
    [InlineData("""{"hosts":[{"host":"a","state":3,"reason":""}]}""")]
    [InlineData("""{"hosts":[{"host":"../a","state":"failing","reason":""}]}""")]
    [InlineData("""{"hosts":[{"host":"a","state":"failing","reason":"","flags":["sad"]}]}""")]
    [InlineData("""{"hosts":[{"host":"a","state":"failing"}]}""")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_not_such_a_document_is_refused(string json) =>
        Assert.Throws<JsonException>(() => DocumentJson.Read<StatusDocument>(json));

    [Fact]
    public void What_a_later_version_adds_is_passed_over() => Assert.Equal(
        StatusFlags.Degraded | StatusFlags.Stuck,
        DocumentJson.Read<StatusDocument>(
            """{"schema":1,"later":{},"hosts":[{"host":"a","state":"failing","reason":"","flags":["stuck","degraded"]}]}""")
            .Hosts[0].Flags);

    [Fact]
    public void What_is_no_document_is_not_written() => Assert.Throws<NotSupportedException>(() => DocumentJson.Write(new List<int>()));

    [Fact]
    public void A_failure_names_its_kind()
    {
        var report = new DeployReport(
            [new HostDeployment(HostName.Parse("db"), DeployOutcome.Failed)
            {
                Failure = new BuildFailure(BuildFailureKind.Timeout, "silent").ToFailure(),
            }],
            [new FleetProblem("hosts/x", "gone")]);

        var host = Assert.Single(DocumentJson.Read<DeployDocument>(DocumentJson.Write(DeployDocument.Of(report))).Hosts);

        Assert.Equal((FailureKind.Build, "silent"), (host.FailureKind, host.Failure));
        Assert.Contains("\"failureKind\": \"build\"", DocumentJson.Write(DeployDocument.Of(report)), StringComparison.Ordinal);
    }
}
