using Bento.Building.Errors;
using Bento.Building.Programs;
using Bento.Processes;

namespace Bento.Building.Evaluation;

/// <summary>Evaluates systems of a flake in one process, and follows what it tells.</summary>
/// <param name="nix">Runs Nix.</param>
/// <param name="source">What is evaluated.</param>
/// <param name="flake">How Nix finds it.</param>
/// <param name="limitBytes">How much memory it may take.</param>
/// <param name="onMark">Gets what it tells, while it runs.</param>
/// <param name="onWarning">Gets warnings.</param>
internal sealed class NixEvalProcess(
    NixTool nix, ConfigurationSource source, FlakeReference flake, long limitBytes, Action<EvaluationMark> onMark, Action<string> onWarning)
{
    private const int ReportPartLength = 64 * 1024;
    private const int Killed = 128 + 9;

    private readonly string _mark = $"{Guid.NewGuid():N} ";
    private readonly List<SystemEvaluation> _told = [];
    private HeadAndTail _report = new(ReportPartLength);
    private bool _hasBegun;
    private bool _isLarge;
    private int _processId;

    /// <summary>Runs it.</summary>
    /// <param name="function">Makes the function of <c>nixosConfigurations</c>, from what its traces begin with.</param>
    /// <param name="isOffline">Whether Nix must not try to fetch anything.</param>
    /// <param name="superseded">Stops it, which is no failure.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<EvaluationRun> RunAsync(
        Func<string, string> function, bool isOffline, CancellationToken superseded, CancellationToken cancellationToken)
    {
        using var large = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(superseded, large.Token, cancellationToken);
        var command = NixCommands.EvaluateFlake(flake, function(_mark), isOffline);
        try
        {
            var outcome =
                await nix.RunAsync(command, line => Read(line, large), process => _processId = process, any.Token).ConfigureAwait(false);
            return End(outcome);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EvaluationRun(_hasBegun, _told, _isLarge ? EvaluationEnding.Large : EvaluationEnding.Superseded);
        }
    }

    private EvaluationRun End(ProcessOutcome outcome)
    {
        // What was said before the last system is about systems that are evaluated.
        var failure = EvaluationFailure.Find(source, outcome with { Error = _report.ToString() });
        var ending = failure switch
        {
            null => EvaluationEnding.Done,
            { Kind: BuildFailureKind.Memory } => EvaluationEnding.Killed,
            _ when outcome.ExitCode == Killed => EvaluationEnding.Killed,
            _ => EvaluationEnding.Failed,
        };
        return new EvaluationRun(_hasBegun, _told, ending, failure);
    }

    private void Read(string line, CancellationTokenSource large)
    {
        switch (EvaluationMark.Read(line, _mark))
        {
            case EvaluationMark.Began began:
                _hasBegun = true;
                onMark(began);
                break;
            case EvaluationMark.Told told:
                _told.Add(Evaluation(told));
                _report = new HeadAndTail(ReportPartLength);
                onMark(told);
                StopWhenLarge(large);
                break;
            default:
                _report.Append($"{line}\n");
                if (NixWarning.Read(line) is { } warning)
                {
                    onWarning(warning);
                }

                break;
        }
    }

    /// <summary>Between two systems, where nothing is lost by it.</summary>
    private void StopWhenLarge(CancellationTokenSource large)
    {
        if (!_isLarge && MachineMemory.Resident(_processId) > limitBytes)
        {
            _isLarge = true;
            large.Cancel();
        }
    }

    /// <summary>What an attribute was found to be.</summary>
    private static SystemEvaluation Evaluation(EvaluationMark.Told told) => told switch
    {
        { System: { } system } => new SystemEvaluation(system),
        { IsMissing: true } => new SystemEvaluation(
            told.Attribute, new BuildFailure(BuildFailureKind.Evaluation, $"The flake has no nixosConfigurations.{told.Attribute}.")),
        _ => new SystemEvaluation(told.Attribute, new BuildFailure(
            BuildFailureKind.Evaluation,
            $"nixosConfigurations.{told.Attribute} is not a NixOS system: its config.system.build.toplevel is not a derivation.")),
    };
}
