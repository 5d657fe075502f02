using System.Diagnostics.CodeAnalysis;

namespace Bento.Protocol;

/// <summary>
/// A release that no agent could read, found before anything was published. Never leaves the engine: it becomes the failure of that host.
/// </summary>
[SuppressMessage(
    "Design", "CA1064:Exceptions should be public", Justification = "Every caller is in the engine and makes it the failure of a host.")]
internal sealed class UnreadableReleaseException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What a person should try next; null when the message says all there is.</summary>
    public string? NextStep { get; init; }
}
