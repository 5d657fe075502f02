using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>The disks that machines begin with: what <c>eng/machine.sh</c> made, named by environment variables.</summary>
internal static class MachineImage
{
    private const string ContainerVariable = "BENTO_MACHINE";
    private const string QemuVariable = "BENTO_QEMU";

    public static string Container => Environment.GetEnvironmentVariable(ContainerVariable)!;

    /// <summary>Its kernel, its initrd and the key of its root lie beside it.</summary>
    public static string Qemu => Environment.GetEnvironmentVariable(QemuVariable)!;

    /// <summary>Skips a test where no container can be booted, and says why.</summary>
    public static void RequireContainer()
    {
        Require(ContainerVariable, "./test.sh --machine");
        Assert.SkipUnless(Shell.IsRoot, "only root can boot a machine");
    }

    /// <summary>Skips a test where no machine can be emulated, and says why.</summary>
    public static void RequireQemu() => Require(QemuVariable, "./test.sh --machine qemu");

    private static void Require(string variable, string command)
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("BENTO_NO_MACHINE") is not null, "eng/machine.sh says that no machine can be booted here");
        var image = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(image), $"{command} boots a machine for this");
        Assert.SkipUnless(File.Exists(image), $"there is no machine: {image}");
    }
}
