using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy says to a person, at once or in waves: its progress, the question, and that nothing was published.</summary>
internal sealed class DeployTalk(CliIo io, IServiceProvider services, OutputStyle style) : IDisposable
{
    private readonly FleetProgress _progress = FleetProgress.Start(io, services, style);

    private DeployPlan? _told;

    /// <summary>Gets what happens.</summary>
    public IProgress<FleetEvent> Progress => _progress;

    /// <summary>Whether somebody was asked and said no.</summary>
    public bool IsDeclined { get; private set; }

    /// <summary>Shows a plan, and asks.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="more">Writes what else is to be known before the question.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<bool> AskAsync(DeployPlan plan, Action<TextWriter> more, string question, CancellationToken cancellationToken)
    {
        _progress.Clear();
        PlanRenderer.Write(io, io.Error, plan, style.IsVerbose);
        _told = plan;
        more(io.Error);
        IsDeclined = !await Question.AskAsync(io, question, cancellationToken);
        return !IsDeclined;
    }

    /// <summary>Takes the progress away, and says what came of the hosts.</summary>
    /// <param name="report">What came of them.</param>
    /// <param name="isAll">Whether that is all that is said: a document has one end.</param>
    public void Report(DeployReport report, bool isAll)
    {
        _progress.Clear();
        var shown = isAll || !style.IsJson ? io : io with { Out = TextWriter.Null };
        DeployReportRenderer.Write(shown, style, report, _told);
        if (IsDeclined)
        {
            io.Error.WriteLine("bento: nothing was published.");
        }
    }

    public void Dispose() => _progress.Dispose();
}
