using Bento.TestBench;

namespace Bento.Machine.Tests;

/// <summary>The disk that every machine begins with: what <c>eng/machine.sh</c> made, named by an environment variable.</summary>
internal static class MachineImage
{
    private const string Variable = "BENTO_MACHINE";

    public static string FullPath => Environment.GetEnvironmentVariable(Variable)!;

    /// <summary>Skips a test where no machine can be booted, and says why.</summary>
    public static void Require()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("BENTO_NO_MACHINE") is not null, "eng/machine.sh says that no machine can be booted here");
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)), "./test.sh --machine boots a machine for this");
        Assert.SkipUnless(File.Exists(FullPath), $"there is no machine: {FullPath}");
        Assert.SkipUnless(Shell.IsRoot, "only root can boot a machine");
    }
}
