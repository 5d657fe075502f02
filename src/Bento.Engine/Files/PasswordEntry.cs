using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary><c>struct passwd</c> as glibc and musl lay it out on 64 bits.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PasswordEntry
{
    public nint Name;
    public nint Password;
    public uint User;
    public uint Group;
    public nint Comment;
    public nint Home;
    public nint Shell;
}
