using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>O_DIRECTORY and O_NOFOLLOW have other numbers on Arm than everywhere else .NET runs.</summary>
internal static class OpenFlagsExtensions
{
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    private static readonly OpenFlags Directory = (OpenFlags)(IsArm ? 0x4000 : 0x10000);

    private static readonly OpenFlags NoFollow = (OpenFlags)(IsArm ? 0x8000 : 0x20000);

    /// <summary>Fail on anything but a directory.</summary>
    public static OpenFlags OnlyDirectory(this OpenFlags flags) => flags | Directory;

    /// <summary>Fail when the last component is a symbolic link.</summary>
    public static OpenFlags WithoutFollowing(this OpenFlags flags) => flags | NoFollow;
}
