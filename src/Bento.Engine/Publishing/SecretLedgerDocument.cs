namespace Bento.Publishing;

/// <summary>What the publisher remembers of the encrypted secrets of a host, as it is written.</summary>
internal sealed record SecretLedgerDocument(string Digest, string Sha256, long Size);
