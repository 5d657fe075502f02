using Bento.Agents;
using Bento.Cli.Agent;
using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Agent;

public sealed class AgentLinesTests
{
    [Fact]
    public void A_server_that_is_away_for_days_is_told_once()
    {
        using var error = new StringWriter();
        var lines = new AgentLines(
            new CliIo(TextWriter.Null, error, new Dictionary<string, string>(StringComparer.Ordinal), "/"), saysPolls: true);
        var trying = new AgentEvent.Connecting(TimeSpan.FromSeconds(12));

        lines.Report(trying);
        lines.Report(new AgentEvent.Polled(new AgentResult(AgentConclusion.Unreachable, "The server is away.")));
        lines.Report(trying);
        lines.Report(trying);
        lines.Report(new AgentEvent.Polled(new AgentResult(AgentConclusion.UpToDate, "Nothing new.")));
        lines.Report(trying);

        Assert.Equal(
            [
                "bento: still connecting to the server after 12 s.",
                "bento: The server is away.",
                "bento: Nothing new.",
                "bento: still connecting to the server after 12 s.",
            ],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
