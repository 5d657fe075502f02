using Bento.Building.Errors;

namespace Bento.Engine.Tests.Building.Errors;

public sealed class BuildErrorReaderTests
{
    private const string Bad = "/nix/store/4l4qkh4982wj8f4kx2kacxgg3kfgdahs-bad-1.drv";
    private const string Dependent = "/nix/store/mg7d1v9cgap2cahi41fshby0pgbc54v4-dep-1.drv";

    [Theory]
    [InlineData($"error: builder for '{Bad}' failed with exit code 3", $"builder for '{Bad}' failed with exit code 3")]
    [InlineData(
        $"error: builder for '{Bad}' failed with exit code 3;\n       last 1 log lines:\n       > line1\n       For full logs, run 'nix "
            + $"log {Bad}'.",
        $"builder for '{Bad}' failed with exit code 3")]
    [InlineData(
        $"error: builder for '{Bad}' failed with exit code 3;\n       last 1 log lines:\n       > line1\n       For full logs, run:\n    "
            + $"     nix log {Bad}",
        $"builder for '{Bad}' failed with exit code 3")]
    [InlineData(
        $"error: Cannot build '{Bad}'.\n       Reason: builder failed with exit code 3.\n       Output paths:\n         /nix/store/x\n   "
            + "    Last 1 log lines:\n       > line1",
        $"Cannot build '{Bad}': builder failed with exit code 3.")]
    [InlineData(
        $"error: hash mismatch in fixed-output derivation '{Bad}':\n  specified: a\n  got: b",
        $"hash mismatch in fixed-output derivation '{Bad}':\nspecified: a\ngot: b")]
    [InlineData($"error: building of '{Bad}!out' timed out after 3 seconds", $"building of '{Bad}!out' timed out after 3 seconds")]
    [InlineData(
        $"error: building of '{Bad}^out' from .drv file timed out after 3 seconds",
        $"building of '{Bad}^out' from .drv file timed out after 3 seconds")]
    public void The_derivation_that_failed_is_known_with_its_message(string message, string text)
    {
        var error = BuildErrorReader.Read(message)!;

        Assert.Equal(Bad, error.Culprit.ToString());
        Assert.Equal(text, error.Message);
        Assert.Equal(message.Contains("line1", StringComparison.Ordinal) ? ["line1"] : [], error.LogTail);
    }

    [Theory]
    [InlineData($"error: 1 dependencies of derivation '{Dependent}' failed to build")]
    [InlineData($"error: 1 dependency of derivation '{Dependent}' failed to build")]
    [InlineData($"error: Cannot build '{Dependent}'.\n       Reason: 1 dependency failed.\n       Output paths: x")]
    [InlineData($"error: build of '{Bad}', '{Dependent}' failed")]
    public void What_only_repeats_the_failure_of_another_is_passed_over(string message) => Assert.Null(BuildErrorReader.Read(message));
}
