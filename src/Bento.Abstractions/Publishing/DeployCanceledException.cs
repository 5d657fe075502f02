namespace Bento.Publishing;

/// <summary>An operation on the fleet was cancelled when it had begun, and this is what it had done by then.</summary>
/// <remarks>
/// Whoever catches <see cref="OperationCanceledException"/> catches this too. No host is half done: the same call again finishes the work.
/// </remarks>
public sealed class DeployCanceledException : OperationCanceledException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="report">What was done.</param>
    /// <param name="innerException">The cancellation; null for none.</param>
    /// <param name="cancellationToken">The token of the caller.</param>
    public DeployCanceledException(
        DeployReport report, Exception? innerException = null, CancellationToken cancellationToken = default)
        : base("The operation on the fleet was cancelled.", innerException, cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        Report = report;
    }

    /// <summary>
    /// What came of each host that something had come of: those that are <see cref="DeployOutcome.Published"/> have their release, the
    /// others keep the one that they had.
    /// </summary>
    public DeployReport Report { get; }
}
