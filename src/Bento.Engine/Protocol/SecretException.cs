using System.Diagnostics.CodeAnalysis;

namespace Bento.Protocol;

/// <summary>The secrets of one host cannot be published. Never leaves the engine: it becomes the failure of that host.</summary>
[SuppressMessage(
    "Design", "CA1064:Exceptions should be public", Justification = "Every caller is in the engine and makes it the failure of a host.")]
internal sealed class SecretException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>What a person should try next; null when the message says all there is.</summary>
    public string? NextStep { get; init; }
}
