namespace Bento.Status;

/// <summary>What the rule concludes.</summary>
/// <param name="State">The state.</param>
/// <param name="Reason">Why, as one sentence.</param>
/// <param name="Since">Since when; null when that cannot be told.</param>
internal sealed record Verdict(HostState State, string Reason, DateTimeOffset? Since);
