namespace Bento.Building;

/// <summary>Keeps built systems from Nix's garbage collector.</summary>
/// <remarks>
/// One derivation is built and rooted by the same process. Of several, Nix would number the links, and place none when one build fails; so each
/// system gets a call of its own afterwards. That call names the derivation, not the output: a collector that ran in between costs another build,
/// but never leaves a link to nothing, because Nix protects what it has just realised until it has placed the root.
/// </remarks>
/// <param name="nix">Runs Nix.</param>
internal sealed class SystemRoots(NixTool nix)
{
    /// <summary>Makes the directory of a link, and says where the link will be.</summary>
    /// <param name="directory">The directory of the links.</param>
    /// <param name="system">What the link is for.</param>
    /// <returns>The absolute path of the link.</returns>
    /// <exception cref="NixException">The directory cannot be made.</exception>
    public static string Prepare(string directory, SystemDerivation system)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NixException($"The directory of garbage collector roots '{directory}' cannot be created.", exception) { NextStep = "Check who owns the directory above it." };
        }

        return Path.Join(Path.GetFullPath(directory), FileName(system.Attribute));
    }

    /// <summary>Roots systems that are built.</summary>
    /// <param name="directory">The directory of the links.</param>
    /// <param name="systems">The systems.</param>
    /// <param name="cancellationToken">Stops Nix; links that are there stay.</param>
    /// <returns>A task that ends when each has its link.</returns>
    /// <exception cref="NixException">A link could not be placed.</exception>
    public Task PlaceAsync(string directory, IReadOnlyList<SystemDerivation> systems, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        systems,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
        async (system, token) => await nix.RunOrThrowAsync(NixCommand.PlaceRoot(system.Derivation, Prepare(directory, system)), token).ConfigureAwait(false));

    // An attribute may be any string, also one that leads out of the directory.
    private static string FileName(string attribute)
    {
        var name = Uri.EscapeDataString(attribute);
        return name.StartsWith('.') ? "%2E" + name[1..] : name;
    }
}
