namespace Bento.Protocol;

/// <summary>Whose releases a host takes, as it stands in its heartbeat.</summary>
internal sealed record HostTrustDocument(IReadOnlyList<string> Keys, int Threshold);
