using Bento.Protocol;

namespace Bento.Configuration.Editing;

/// <summary>A key that a <c>bento.json</c> names.</summary>
public sealed record SigningKeyEntry
{
    /// <summary>The file of the key, as the setting names it.</summary>
    public required string File { get; init; }

    /// <summary>The file of the key, as an absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The public key; null when it cannot be read.</summary>
    public required SshPublicKey? Key { get; init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Problem { get; init; }
}
