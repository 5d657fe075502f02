using Bento.Processes;

namespace Bento.Engine.Tests.Agents.Machine;

/// <summary>Plays systemd as far as a switch needs it: one transient unit, what it logged, and which units failed.</summary>
internal sealed class PlayedSystemd
{
    private string _description = string.Empty;
    private string _result = string.Empty;
    private int _status;
    private bool _isLoaded;

    /// <summary>How the next switch ends: systemd's word and the status.</summary>
    public (string Result, int Status) Next { get; set; } = ("success", 0);

    /// <summary>How many questions find the unit still running.</summary>
    public int BusyAnswers { get; set; }

    /// <summary>Units that failed, asked before and after.</summary>
    public Func<string> Failed { get; set; } = () => string.Empty;

    public int Runs { get; private set; }

    public ProcessOutcome Answer(ProcessCommand command) => command switch
    {
        { Program: "systemd-run" } => Start(command),
        { Program: "systemctl", Arguments: ["show", ..] } => new ProcessOutcome(0, Show(), string.Empty),
        { Program: "systemctl", Arguments: ["list-units", ..] } => new ProcessOutcome(0, Failed(), string.Empty),
        { Program: "systemctl", Arguments: ["--quiet", "reset-failed", ..] } => Forget(),
        _ => new ProcessOutcome(0, string.Empty, string.Empty),
    };

    /// <summary>As an agent leaves it that was killed in the middle of a switch.</summary>
    public void Leave(string description, string result, int status) =>
        (_description, _result, _status, _isLoaded) = (description, result, status, true);

    private ProcessOutcome Start(ProcessCommand command)
    {
        Runs++;
        Leave(command.Arguments.Single(argument =>
            argument.StartsWith("--description=", StringComparison.Ordinal))["--description=".Length..], Next.Result, Next.Status);
        return new ProcessOutcome(0, string.Empty, string.Empty);
    }

    private ProcessOutcome Forget()
    {
        _isLoaded = false;
        return new ProcessOutcome(0, string.Empty, string.Empty);
    }

    private string Show() => BusyAnswers-- > 0
        ? "LoadState=loaded\nActiveState=active\nSubState=running\n"
        : !_isLoaded
            ? "LoadState=not-found\nActiveState=inactive\nSubState=dead\n"
            : $"LoadState=loaded\nActiveState={(_result == "success" ? "active\nSubState=exited" : "failed\nSubState=failed")}\n"
                + $"Description={_description}\nInvocationID=run{Runs}\nResult={_result}\nExecMainStatus={_status}\n";
}
