using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building.Locks;

/// <summary>Finds inputs that a host could not have, before anything is evaluated for it: its flake would not evaluate there.</summary>
internal static class LocalInputRule
{
    private const string LockFile = "flake.lock";

    /// <returns>A problem for each such input.</returns>
    public static IEnumerable<FleetProblem> Find(ConfigurationDirectory configuration) =>
        configuration.Kind == ConfigurationKind.Flake && FlakeLockFile.Read(configuration.FullPath) is { } locked
            ? locked.LocalInputs().Select(input => new FleetProblem(
                configuration.IsWholeTree ? LockFile : $"{configuration.Path}/{LockFile}", Message(configuration, input)))
            : [];

    private static string Message(ConfigurationDirectory configuration, LocalInput input)
    {
        var (name, reference) = (PlainText.OfLine(input.Name), PlainText.OfLine(input.Reference));
        if (!input.IsRelative)
        {
            return $"The input '{name}' is {reference}, which only this machine has. Take it from a server that hosts reach, or move it "
                + "into the directory of the flake (allowLocalInputs lets it pass).";
        }

        var linked = Path.GetFileName(reference);
        return $"The input '{name}' is {reference}, and only what is in {configuration.Path} is shipped. Link it there, and lock it again: "
            + $"ln -s {reference["path:".Length..]} {configuration.Path}/{linked}, and url = \"path:./{linked}\".";
    }
}
