using Bento.Agents;
using Bento.Cli.Terminal;

namespace Bento.Cli.Agent;

/// <summary>What an agent does, a line an event.</summary>
internal sealed class AgentLines(CliIo io, bool saysPolls) : IProgress<AgentEvent>
{
    private bool _isAway;

    public void Report(AgentEvent value)
    {
        // An outage of days is reported once, not at every try.
        if (value is AgentEvent.Connecting && _isAway)
        {
            return;
        }

        _isAway = value is AgentEvent.Polled { Result.Conclusion: AgentConclusion.Unreachable }
            || (_isAway && value is not AgentEvent.Polled);
        var line = value switch
        {
            AgentEvent.Connecting connecting => $"still connecting to the server after {connecting.Elapsed.TotalSeconds:0} s.",
            AgentEvent.Fetching fetching =>
                $"release {fetching.Number}: {ByteText.Of(fetching.Bytes)} of {ByteText.Of(fetching.TotalBytes)} fetched.",
            AgentEvent.Polled polled when saysPolls =>
                polled.Result.LockedSecrets is { } locked ? $"{polled.Result.Reason} {locked}" : polled.Result.Reason,
            _ => null,
        };
        if (line is not null)
        {
            io.Error.WriteLine($"bento: {line}");
        }
    }
}
