namespace Bento.Publishing;

/// <summary>The world is no longer the one that a plan was made for. Nothing was published.</summary>
public sealed class PlanOutdatedException : BentoException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="hosts">The hosts for which a deploy would now do something else than the plan says.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public PlanOutdatedException(IReadOnlyList<HostName> hosts, Exception? innerException = null)
        : base(
            "The plan no longer holds. Since it was made, the configuration or the release of these hosts changed: "
                + $"{string.Join(", ", hosts ?? [])}.",
            innerException)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        Hosts = hosts;
        Kind = FailureKind.Outdated;
        NextStep = new NextStep("Make a new plan.") { Verb = NextStepVerb.Plan };
    }

    /// <summary>The hosts for which a deploy would now do something else, by name.</summary>
    public IReadOnlyList<HostName> Hosts { get; }
}
