namespace Bento.Protocol;

/// <summary>A file that a host gets in the clear and nobody else does, and who may read it there.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SecretFile
{
    /// <summary>Relative to the directory of the secrets, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The name or number of its user on the host.</summary>
    public required string Owner { get; init; }

    /// <summary>The name or number of its group on the host.</summary>
    public required string Group { get; init; }

    /// <summary>Its mode; nothing for others.</summary>
    public required UnixFileMode Mode { get; init; }

    /// <summary>Who a secret belongs to when nothing is said.</summary>
    public const string DefaultOwner = "root";

    /// <summary>The mode of a secret when nothing is said: only its owner reads it.</summary>
    public const UnixFileMode DefaultMode = UnixFileMode.UserRead;
}
