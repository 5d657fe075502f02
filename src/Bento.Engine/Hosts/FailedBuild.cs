namespace Bento.Hosts;

/// <summary>That the newest configuration of a host could not be evaluated or built on this machine.</summary>
/// <param name="At">When.</param>
/// <param name="Message">Why, in one line.</param>
internal sealed record FailedBuild(DateTimeOffset At, string Message);
