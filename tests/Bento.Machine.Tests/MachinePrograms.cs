using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>What a machine gets of this one: the program under test and the .NET that it runs on.</summary>
internal static class MachinePrograms
{
    /// <summary>…/shared/Microsoft.NETCore.App/10.0.x/System.Private.CoreLib.dll</summary>
    public static string DotnetRoot => Runtime.Parent!.Parent!.Parent!.FullName;

    private static DirectoryInfo Runtime => new FileInfo(typeof(object).Assembly.Location).Directory!;

    /// <summary>Makes a disk of them, for a machine that shares no directory with this one: <c>bento</c> and <c>dotnet</c>.</summary>
    /// <remarks>A native program (TESTED_BENTO) spares an emulated machine most of its time.</remarks>
    public static void WriteDisk(string image)
    {
        using var directory = new TempDirectory();
        Shell.Run("cp", "-r", AppContext.BaseDirectory, directory["bento"]);
        if (Environment.GetEnvironmentVariable("TESTED_BENTO") is { } native)
        {
            Shell.Run("cp", native, directory["bento/bento"]);
        }

        var shared = Directory.CreateDirectory(directory["dotnet/shared/Microsoft.NETCore.App"]).FullName;
        Shell.Run("cp", "-r", Runtime.FullName, shared);
        Shell.Run("cp", "-r", Path.Join(DotnetRoot, "host"), directory["dotnet"]);
        Shell.Run("truncate", "--size", "1G", image);
        Shell.Run("mkfs.ext4", "-q", "-F", "-d", directory.FullPath, image);
    }
}
