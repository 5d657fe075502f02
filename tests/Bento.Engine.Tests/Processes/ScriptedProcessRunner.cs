using Bento.Processes;

namespace Bento.Engine.Tests.Processes;

/// <summary>Plays programs: a function says how each call ends, and its standard error reaches the callback line by line.</summary>
internal sealed class ScriptedProcessRunner(Func<ProcessCommand, ProcessOutcome> play) : IProcessRunner
{
    public Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = play(command);
        foreach (var line in outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            command.OnErrorLine?.Invoke(line);
        }

        return Task.FromResult(outcome);
    }
}
