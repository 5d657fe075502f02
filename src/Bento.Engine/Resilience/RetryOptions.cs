namespace Bento.Resilience;

/// <summary>How often, and how soon, a failed connection is tried again within one operation.</summary>
/// <remarks>Whoever wants another way of trying registers a Polly <c>ResiliencePipeline</c> under <see cref="PipelineKey"/>; these options
/// then mean nothing.</remarks>
public sealed class RetryOptions
{
    /// <summary>
    /// The key of the keyed service that replaces Bento's pipeline: <c>services.AddKeyedSingleton(RetryOptions.PipelineKey, pipeline)</c>.
    /// </summary>
    public const string PipelineKey = "bento.connect";

    /// <summary>How many times a connection is tried after the first.</summary>
    /// <value>Default: 6. A default sshd drops part of the logins when a fleet polls at once (MaxStartups). From 0 to 100.</value>
    public int MaxRetries { get; set; } = 6;

    /// <summary>The pause before the second try; it doubles with each further one, and half of it is left to chance.</summary>
    /// <value>Default: 1 second. Above zero, at most one hour.</value>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    /// <value>Default: 20 seconds. Not below <see cref="Pause"/>.</value>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(20);
}
