namespace Bento.Files;

/// <summary>The flags of open(2) that are the same on all architectures; the other two are in <see cref="OpenFlagsExtensions"/>.</summary>
[Flags]
internal enum OpenFlags
{
    ReadOnly = 0,
    WriteOnly = 0x1,
    ReadWrite = 0x2,
    Create = 0x40,
    Exclusive = 0x80,
    NonBlocking = 0x800,
    CloseOnExec = 0x80000,

    /// <summary>Only a place in the tree: needs no right to read it.</summary>
    Path = 0x200000,
}
