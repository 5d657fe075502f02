using Bento.Processes;

namespace Bento.Repositories;

/// <summary>Runs git to read a work tree. Nothing that a repository says about itself starts another program.</summary>
/// <param name="runner">Starts it.</param>
internal sealed class GitTool(IProcessRunner runner)
{
    private const string Program = "git";

    /// <summary>
    /// The settings of a repository that name programs, or come from a directory that merely looks like a repository. What stands on the
    /// command line wins over every file.
    /// </summary>
    private static readonly string[] Guards =
    [
        "--no-pager",
        "--no-optional-locks",
        "-c", "core.fsmonitor=false",
        "-c", "core.hooksPath=/dev/null",
        "-c", "log.showSignature=false",
        "-c", "safe.bareRepository=explicit",
    ];

    /// <summary>Neither a hook that Bento runs in nor a promisor remote decides what is read.</summary>
    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_PREFIX"] = null,
        ["GIT_LITERAL_PATHSPECS"] = "1",
        ["GIT_ALLOW_PROTOCOL"] = "none",
        ["GIT_NO_LAZY_FETCH"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["LC_ALL"] = "C",
    };

    /// <summary>Runs git in a directory.</summary>
    /// <param name="directory">The real path of the directory.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="cancellationToken">Stops git.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="GitException">Git is missing, or refuses.</exception>
    public Task<string> RunAsync(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(directory, arguments, Environment, cancellationToken);

    /// <summary>Runs a command that compares files with what is committed.</summary>
    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string}, CancellationToken)"/>
    public async Task<string> CompareAsync(string directory, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var filters = await StartAsync(directory, FilterGuard.Question, Environment, cancellationToken).ConfigureAwait(false);
        var environment = new Dictionary<string, string?>(Environment, StringComparer.Ordinal);
        foreach (var (name, value) in FilterGuard.Environment(filters.Output))
        {
            environment[name] = value;
        }

        return await RunAsync(directory, arguments, environment, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RunAsync(
        string directory,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken)
    {
        var outcome = await StartAsync(directory, arguments, environment, cancellationToken).ConfigureAwait(false);
        return outcome is { IsSuccess: true, IsOutputCut: false }
            ? outcome.Output
            : throw new GitException(GitRefusal.Explain(directory, outcome));
    }

    private async Task<ProcessOutcome> StartAsync(
        string directory,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken)
    {
        try
        {
            var command = new ProcessCommand(Program, [.. Guards, "-C", directory, .. arguments]) { Environment = environment };
            return await runner.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException exception)
        {
            throw new GitException(
                exception.IsMissing
                    ? "This is a git work tree, and there is no program 'git' to say what belongs to it. Install git."
                    : "This is a git work tree, and the program 'git' could not be started to say what belongs to it.",
                exception);
        }
    }
}
