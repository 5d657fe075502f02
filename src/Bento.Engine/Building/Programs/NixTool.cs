using Bento.Building.Errors;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Building.Programs;

/// <summary>Runs the programs of Nix, and says what is wrong when they cannot work at all.</summary>
/// <param name="processes">Runs them.</param>
/// <param name="options">Where they are and what they get.</param>
internal sealed class NixTool(IProcessRunner processes, IOptions<NixOptions> options)
{
    // A message of a build holds the end of a log, all in one line.
    private const int MaxLineLength = 1024 * 1024;

    private readonly NixOptions _options = options.Value;
    private readonly ExtraArguments _extra = new([.. options.Value.ExtraArguments]);
    private IReadOnlyList<string>? _durability;
    private readonly Dictionary<string, string?> _environment = EnvironmentOf(options.Value);

    /// <summary>Runs a program of Nix. That it fails is an outcome, unless no configuration could have made it succeed.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="onErrorLine">Gets each line of standard error; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="NixException">Nix is not there or cannot work.</exception>
    public Task<ProcessOutcome> RunAsync(NixCommands command, Action<string>? onErrorLine, CancellationToken cancellationToken) =>
        RunAsync(command, onErrorLine, onStarted: null, cancellationToken);

    /// <summary>The same, for a caller who wants to look at the process while it runs.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="onErrorLine">Gets each line of standard error; may be null.</param>
    /// <param name="onStarted">Gets the number of the process; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="NixException">Nix is not there or cannot work.</exception>
    public async Task<ProcessOutcome> RunAsync(
        NixCommands command, Action<string>? onErrorLine, Action<int>? onStarted, CancellationToken cancellationToken)
    {
        try
        {
            var extra = await _extra.ForAsync(
                command.Program, probe => processes.RunAsync(Process(probe), cancellationToken)).ConfigureAwait(false);
            var durability = await DurabilityAsync(command, cancellationToken).ConfigureAwait(false);
            var process = Process(command with { Arguments = [.. command.Arguments, .. durability, .. extra] }) with
            {
                OnErrorLine = onErrorLine,
                OnStarted = onStarted,
            };
            var outcome = await processes.RunAsync(process, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (outcome.IsOutputCut)
            {
                throw new NixException($"{command.Program} printed more than Bento takes.");
            }

            return outcome.IsSuccess || StoreTrouble.Find(NixErrorText.Of(outcome.Error, outcome.ExitCode)) is not { } trouble
                ? outcome
                : throw trouble;
        }
        catch (ProcessStartException exception)
        {
            throw new NixException(exception.Message, exception)
            {
                NextStep = exception.IsMissing
                    ? "Install Nix: apt-get install nix-bin on Debian and Ubuntu, else see https://nixos.org/download; or say where it "
                        + "is: nix.programDirectory in the settings."
                    : "Check that the program may be executed.",
            };
        }
    }

    /// <summary>Runs a program of Nix whose failure nothing but Nix can be blamed for.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it ended: well.</returns>
    /// <exception cref="NixException">It failed.</exception>
    public async Task<ProcessOutcome> RunOrThrowAsync(NixCommands command, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess
            ? outcome
            : throw new NixException(
                $"{command.Program} {command.Arguments[0]} failed: {NixErrorText.Of(outcome.Error, outcome.ExitCode)}");
    }

    private ProcessCommand Process(NixCommands command) => new(Find(command.Program), command.Arguments)
    {
        Environment = _environment,
        MaxLineLength = MaxLineLength,
        WorkingDirectory = command.WorkingDirectory,
    };

    /// <summary>Asked once, because a Nix that does not know a setting warns of it at every call.</summary>
    private async Task<IReadOnlyList<string>> DurabilityAsync(NixCommands command, CancellationToken cancellationToken)
    {
        if (!_options.SurvivesPowerCuts || command.IsSyncedAfterwards || command == NixCommands.ShowSettings)
        {
            return [];
        }

        if (_durability is null)
        {
            var outcome = await RunAsync(NixCommands.ShowSettings, null, cancellationToken).ConfigureAwait(false);
            _durability = StoreDurability.Choose(outcome.IsSuccess ? outcome.Output : string.Empty);
        }

        return _durability;
    }

    private static Dictionary<string, string?> EnvironmentOf(NixOptions options)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // Messages are read by rules for English, and git must not wait for a password that nobody types.
            ["LC_ALL"] = "C.UTF-8",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
        foreach (var (name, value) in options.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private string Find(string program) => _options.ProgramDirectory is null ? program : Path.Join(_options.ProgramDirectory, program);
}
