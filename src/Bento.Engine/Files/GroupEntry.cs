using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary><c>struct group</c> as glibc and musl lay it out on 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GroupEntry
{
    public nint Name;
    public nint Password;
    public uint Group;
    public nint Members;
}
