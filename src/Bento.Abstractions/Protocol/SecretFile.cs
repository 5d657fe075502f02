namespace Bento.Protocol;

/// <summary>A file that a host gets in the clear and nobody else does, and who may read it there.</summary>
/// <param name="Path">Relative to the directory of the secrets, with <c>/</c>.</param>
/// <param name="Owner">The name or number of its user on the host.</param>
/// <param name="Group">The name or number of its group on the host.</param>
/// <param name="Mode">Its mode; nothing for others.</param>
/// <remarks>Immutable.</remarks>
public sealed record SecretFile(string Path, string Owner, string Group, UnixFileMode Mode)
{
    /// <summary>Who a secret belongs to when nothing is said.</summary>
    public const string DefaultOwner = "root";

    /// <summary>The mode of a secret when nothing is said: only its owner reads it.</summary>
    public const UnixFileMode DefaultMode = UnixFileMode.UserRead;
}
