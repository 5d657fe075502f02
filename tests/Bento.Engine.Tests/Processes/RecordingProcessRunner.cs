using System.Collections.Concurrent;
using Bento.Processes;

namespace Bento.Engine.Tests.Processes;

/// <summary>Remembers what was run, and lets another runner run it.</summary>
internal sealed class RecordingProcessRunner(IProcessRunner inner) : IProcessRunner
{
    private readonly ConcurrentQueue<ProcessCommand> _commands = [];

    public IReadOnlyList<ProcessCommand> Commands => [.. _commands];

    public Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken)
    {
        _commands.Enqueue(command);
        return inner.RunAsync(command, cancellationToken);
    }

    public int Count(string program, string argument) =>
        Commands.Count(command => Path.GetFileName(command.Program) == program && command.Arguments.Contains(argument));
}
