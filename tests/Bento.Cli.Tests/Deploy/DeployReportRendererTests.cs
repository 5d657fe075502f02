using Bento.Cli.Deploy;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Cli.Tests.Deploy;

/// <summary>What came of a deploy, each thing said once.</summary>
public sealed class DeployReportRendererTests
{
    [Fact]
    public void A_reason_that_several_hosts_failed_for_is_told_once()
    {
        var error = Render(new DeployReport([Failed("web-10", "no zlib"), Failed("web-2", "no zlib"), Failed("db", "no disk")], []));

        Assert.Equal(
            """
            error: web-2, web-10: no zlib
              | last line of no zlib
              Fix it: bento plan
            error: db: no disk
              | last line of no disk
              Fix it: bento plan

            """,
            error);
    }

    [Fact]
    public void What_the_plan_said_before_the_question_is_not_said_again_and_what_came_later_is()
    {
        var known = new FleetProblem("hosts/empty", "It is empty.");
        var later = new FleetProblem("hosts/gone", "It went away.");
        var plan = new DeployPlan([new HostPlan(Name("web"), PlannedChange.Failed)], [known]) { Remarks = ["known"] };
        var report = new DeployReport([Failed("web", "no zlib"), Failed("db", "no disk")], [known, later]) { Remarks = ["known", "later"] };

        var error = Render(report, plan);

        Assert.Equal(
            """
            note: later
            error: hosts/gone: It went away.
            error: db: no disk
              | last line of no disk
              Fix it: bento plan

            """,
            error);
    }

    private static string Render(DeployReport report, DeployPlan? told = null)
    {
        using var error = new StringWriter();
        var io = new CliIo(TextWriter.Null, error, new Dictionary<string, string>(StringComparer.Ordinal), "/");
        DeployReportRenderer.Write(io, new OutputStyle(IsVerbose: false, IsJson: false), report, told);
        return error.ToString();
    }

    private static HostDeployment Failed(string host, string reason) => new(Name(host), DeployOutcome.Failed)
    {
        Failure = new Failure(FailureKind.Build, reason) { NextStep = new NextStep("Fix it.") { Verb = NextStepVerb.Plan } },
        LogTail = [$"last line of {reason}"],
    };

    private static HostName Name(string host) => HostName.Parse(host);
}
