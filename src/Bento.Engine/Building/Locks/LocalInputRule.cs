using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building.Locks;

/// <summary>Finds inputs that a host could not have, before anything is evaluated for it: its flake would not evaluate there.</summary>
internal static class LocalInputRule
{
    private const string LockFile = "flake.lock";

    /// <returns>A problem for each such input.</returns>
    public static IEnumerable<FleetProblem> Find(ScannedDirectory directory)
    {
        var configuration = directory.Configuration;
        return configuration.Kind == ConfigurationKind.Flake && FlakeLockFile.Read(configuration.FullPath) is { } locked
            ? locked.LocalInputs()
                .Where(input => !IsShared(directory, input))
                .Select(input => new FleetProblem(
                    configuration.IsWholeTree ? LockFile : $"{configuration.Path}/{LockFile}", Message(configuration, input)))
            : [];
    }

    /// <summary>Whether it is shipped with the flake.</summary>
    private static bool IsShared(ScannedDirectory directory, LocalInput input) =>
        directory.Subdirectory is not null
            && Find(directory.Configuration, input) is { } path
            && directory.Scan.Entries.Any(entry => entry.Path == path);

    private static string? Find(ConfigurationDirectory configuration, LocalInput input) =>
        input.IsRelative && !configuration.IsWholeTree
            ? SharedPath.Resolve($"{configuration.Path}/{BentoFiles.Flake}", input.Reference["path:".Length..])
            : null;

    private static string Message(ConfigurationDirectory configuration, LocalInput input)
    {
        var (name, reference) = (PlainText.OfLine(input.Name), PlainText.OfLine(input.Reference));
        return Find(configuration, input) is { } path
            ? $"The input '{name}' is {reference}, which is not shipped with {configuration.Path}. Name "
                + $"{PlainText.OfLine(SharedPath.ToShare(path))} in the setting 'share'."
            : $"The input '{name}' is {reference}, which only this machine has. Take it from a server that hosts reach, or move it "
                + "into the directory of the flake (allowLocalInputs lets it pass).";
    }
}
