namespace Bento.Status;

/// <summary>What was published for a host, and what it made of it.</summary>
/// <param name="Host">The host.</param>
/// <param name="Record">The server's own record, with the reports that lie in the area now.</param>
/// <remarks>Immutable.</remarks>
public sealed record HostHistory(HostName Host, HostRecord Record)
{
    /// <summary>Why something of it may be missing: its record or its area could not be read. One sentence each; none by default.</summary>
    public IReadOnlyList<string> Problems { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;
}
