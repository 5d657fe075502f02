using System.Collections.Concurrent;
using Bento.Processes;

namespace Bento.Building.Programs;

/// <summary>The extra arguments of the operator, each given only to programs that know it: the programs are asked.</summary>
/// <param name="arguments">All of them.</param>
internal sealed class ExtraArguments(IReadOnlyList<string> arguments)
{
    private static readonly string[] Unknown = ["unrecognised", "unrecognized", "unknown flag", "unknown option"];

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _known = new(StringComparer.Ordinal);

    /// <summary>Chooses those that a program knows.</summary>
    /// <param name="program">The program.</param>
    /// <param name="runAsync">Runs it.</param>
    /// <returns>The arguments. <c>nix</c>, whose commands are many, gets all.</returns>
    public async Task<IReadOnlyList<string>> ForAsync(string program, Func<NixCommands, Task<ProcessOutcome>> runAsync)
    {
        if (arguments.Count == 0 || program == "nix")
        {
            return arguments;
        }

        return _known.TryGetValue(program, out var known)
            ? known
            : _known[program] = await AskAsync(program, runAsync).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> AskAsync(string program, Func<NixCommands, Task<ProcessOutcome>> runAsync)
    {
        List<string> known = [];
        foreach (var group in Groups())
        {
            // nix-store takes whatever it does not know before it knows the operation: this one, of nothing, does nothing.
            IReadOnlyList<string> question = program == "nix-store" ? ["--check-validity", .. group] : [.. group, "--version"];
            var answer = await runAsync(new NixCommands(program, question)).ConfigureAwait(false);
            known.AddRange(!answer.IsSuccess && Unknown.Any(words => answer.Error.Contains(words, StringComparison.Ordinal)) ? [] : group);
        }

        return known;
    }

    /// <summary>A flag and the values behind it.</summary>
    private List<List<string>> Groups()
    {
        List<List<string>> groups = [];
        foreach (var argument in arguments)
        {
            if (groups.Count == 0 || argument.StartsWith('-'))
            {
                groups.Add([]);
            }

            groups[^1].Add(argument);
        }

        return groups;
    }
}
