namespace Bento.Protocol;

/// <summary>The envelope as it is written: the payload is base 64.</summary>
internal sealed record ReleaseFileDocument(string Payload, IReadOnlyList<string?> Signatures);
