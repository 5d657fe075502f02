namespace Bento.Agents;

/// <summary>The program on a host that brings it to its release.</summary>
/// <remarks>One run at a time on a host: a second one, in this process or another, is turned away. A run may be killed at any point; the
/// next one continues.</remarks>
public interface IAgent
{
    /// <summary>Polls once and does what there is to do.</summary>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops where it can be continued; a running switch is never stopped.</param>
    /// <returns>What was concluded. A server that cannot be reached, a release that is refused and an attempt that fails are
    /// results.</returns>
    /// <exception cref="AgentException">The agent cannot work on this machine at all.</exception>
    Task<AgentResult> RunOnceAsync(IProgress<AgentEvent>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Polls again and again over a connection that it keeps, until it is stopped. Tells systemd how it is where <c>NOTIFY_SOCKET</c> is
    /// set.
    /// </summary>
    /// <param name="progress">Gets what happens; may be null.</param>
    /// <param name="cancellationToken">Stops where it can be continued, within seconds; a running switch is never stopped.</param>
    /// <returns><see cref="AgentConclusion.Busy"/> when another agent works on the host; otherwise it does not return until it is
    /// stopped.</returns>
    /// <exception cref="AgentException">The agent cannot work on this machine at all.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<AgentResult> RunAsync(IProgress<AgentEvent>? progress = null, CancellationToken cancellationToken = default);
}
