using Bento.Files;

namespace Bento.Building.Programs;

/// <summary>What decides, besides the tree of a flake, what its systems are: which Nix evaluates it, and with which arguments.</summary>
internal static class EvaluatorIdentity
{
    private const string Program = "nix";

    /// <summary>Describes a Nix.</summary>
    /// <param name="options">How it is used.</param>
    /// <returns>A text that another Nix does not have; null when the same tree may be another system the next time.</returns>
    public static string? Of(NixOptions options) => options.ExtraArguments.Contains("--impure")
        ? null
        : string.Join('\n', [
            FindProgram(options),
            .. options.ExtraArguments,
            .. options.Environment.Select(variable => $"{variable.Key}={variable.Value}").Order(StringComparer.Ordinal),
        ]);

    /// <summary>On NixOS, and wherever Nix installed itself, the real path has the version of Nix in it.</summary>
    private static string FindProgram(NixOptions options)
    {
        var directories = options.ProgramDirectory is { } own
            ? [own]
            : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries);
        var program = directories.Select(directory => Path.Join(directory, Program)).FirstOrDefault(File.Exists);
        return program is null ? Program : $"{RealPath.Find(program) ?? program} {File.GetLastWriteTimeUtc(program).Ticks}";
    }
}
