namespace Bento.Status;

/// <summary>Which of a heartbeat and a result is the newer word of a host. Pure.</summary>
internal static class BeatOrder
{
    /// <returns>Whether the heartbeat speaks of the time after the result.</returns>
    /// <remarks>
    /// The server's clock decides. Its files bear whole seconds over SFTP, and a tick of the kernel elsewhere: where that is not enough,
    /// the host's own clock does, by which it wrote both.
    /// </remarks>
    public static bool IsAfter(HostFacts facts, RecordedAttempt attempt) =>
        facts.Heartbeat is { } beat
        && (facts.HeartbeatReceived is not { } received || received == attempt.Received
            ? attempt.Result is not { } result || beat.At >= result.At
            : received > attempt.Received);
}
