namespace Bento.Protocol;

/// <summary>The envelope as it is written: the payload is base 64.</summary>
internal sealed record EnvelopeDocument(string Payload, IReadOnlyList<string?> Signatures);
