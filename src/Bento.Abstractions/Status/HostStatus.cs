using Bento.Protocol;

namespace Bento.Status;

/// <summary>What is known about one host.</summary>
/// <remarks>Immutable. What the host says about itself (<see cref="Running"/>, outcomes) is a claim; what was published is not.</remarks>
public sealed record HostStatus
{
    /// <summary>The host.</summary>
    public required HostName Host { get; init; }

    /// <summary>The conclusion.</summary>
    public required HostState State { get; init; }

    /// <summary>Why, as one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What else is to be known.</summary>
    public StatusFlags Flags { get; init; }

    /// <summary>The current release; null when nothing was published.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>Where the configuration of the current release comes from; null when that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>The system that the current release expects; null when it cannot be known.</summary>
    public StorePath? Expected { get; init; }

    /// <summary>The system that the host says it runs; null when it never said.</summary>
    public StorePath? Running { get; init; }

    /// <summary>The version of the agent that the host says it runs; null when it never said.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Since when the state holds, by the server's clock; null when that cannot be told.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the host was last heard, by the server's clock; null when it never was.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>When the host last reported success, by the server's clock; null when it never did.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How long the last attempt that ended took; null when none did.</summary>
    public TimeSpan? LastDuration { get; init; }

    /// <summary>
    /// Whether somebody should look at the host: its state is <see cref="StateWeight.Wrong"/>, or a unit failed, or its secrets are locked,
    /// or its agent cannot go on or leaves a release waiting, or not all of it could be read, or it runs or was booted into what it should
    /// not, or its newest configuration does not build.
    /// </summary>
    public bool NeedsAttention => State.Weight() == StateWeight.Wrong || (Flags & (StatusFlags.Degraded
        | StatusFlags.Drift
        | StatusFlags.BootedOld
        | StatusFlags.SecretsLocked
        | StatusFlags.Stuck
        | StatusFlags.Overdue
        | StatusFlags.BuildFailed
        | StatusFlags.Unreadable)) != 0;

    /// <summary>
    /// What somebody does next about the host; null when it does not need attention. Follows from the state and the flags.
    /// </summary>
    public NextStep? NextStep => this switch
    {
        { NeedsAttention: false } => null,
        _ when Has(StatusFlags.Unreadable) => Step("Have the server examined.", NextStepVerb.Examine),
        { State: HostState.Failing or HostState.RolledBack } => Step("Read the log of its last attempt.", NextStepVerb.ReadLog),
        { State: HostState.Refused } => Step("Read its history.", NextStepVerb.ReadHistory),
        { State: HostState.Silent } => new NextStep("Run there: systemctl status 'bento*'") { Host = Host },
        _ when Has(StatusFlags.BuildFailed) => Step("Fix its configuration, and see what a deploy would do.", NextStepVerb.Plan),
        _ when Has(StatusFlags.Degraded) => new NextStep("Run there: systemctl --failed") { Host = Host },
        _ when Has(StatusFlags.Drift | StatusFlags.BootedOld) =>
            Step("Compare what it runs with what it should run.", NextStepVerb.Compare),
        _ when Has(StatusFlags.SecretsLocked | StatusFlags.Stuck | StatusFlags.Overdue) =>
            Step("Ask its agent, on the host.", NextStepVerb.InspectAgent),
        _ => Step("Read its history.", NextStepVerb.ReadHistory),
    };

    /// <summary>
    /// What was odd about what the host wrote, one sentence each; and what the host says about itself beside its reports, which begins with
    /// "It says: ". One line each, free of control characters.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    private bool Has(StatusFlags any) => (Flags & any) != 0;

    private NextStep Step(string text, NextStepVerb verb) => new(text) { Verb = verb, Host = Host };
}
