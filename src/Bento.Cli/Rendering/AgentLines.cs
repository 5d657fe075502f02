using Bento.Agents;

namespace Bento.Cli.Rendering;

/// <summary>What an agent does, a line an event.</summary>
internal sealed class AgentLines(CliIo io, bool saysPolls) : IProgress<AgentEvent>
{
    public void Report(AgentEvent value)
    {
        var line = value switch
        {
            AgentEvent.Connecting connecting => $"connecting to the server takes {connecting.Elapsed.TotalSeconds:0} s so far; still trying.",
            AgentEvent.Polled polled when saysPolls => polled.Result.LockedSecrets is { } locked ? $"{polled.Result.Reason} {locked}" : polled.Result.Reason,
            _ => null,
        };
        if (line is not null)
        {
            io.Error.WriteLine($"bento: {line}");
        }
    }
}
