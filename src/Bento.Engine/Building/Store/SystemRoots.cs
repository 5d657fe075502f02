using Bento.Building.Errors;
using Bento.Building.Programs;
using Bento.Processes;

namespace Bento.Building.Store;

/// <summary>Keeps built systems from Nix's garbage collector.</summary>
/// <remarks>
/// The build itself places the roots, so that no collector can run between: Nix protects what it has realised until it ends. But it numbers
/// them and places none when one build fails, and a call for each system costs more than the build of a small one. So the numbered links
/// are the roots, the good ones of a failed build get theirs in one more call, and the link that bears the attribute points to the numbered
/// one. That last call names derivations, not outputs: a collector that ran in between costs another build, never a link to nothing.
/// </remarks>
/// <param name="nix">Runs Nix.</param>
/// <param name="time">Tells how old a batch is.</param>
internal sealed class SystemRoots(NixTool nix, TimeProvider time)
{
    // Whoever else builds into the same directory has placed the links of the attributes long before.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    /// <summary>Makes the link of each system, and lets go what no attribute points to any more.</summary>
    /// <param name="batch">The roots that the build has placed.</param>
    /// <param name="systems">The systems that are built.</param>
    /// <param name="failures">Gets why a system could not be kept: one that a collector took cannot be published, and costs the others
    /// nothing.</param>
    /// <param name="cancellationToken">Stops Nix; links that are there stay.</param>
    /// <returns>A task that ends when each that is kept has its link.</returns>
    /// <exception cref="NixException">A link could not be placed.</exception>
    public async Task KeepAsync(
        GcRootLinks batch,
        IReadOnlyList<SystemDerivation> systems,
        Dictionary<StorePath, BuildFailure> failures,
        CancellationToken cancellationToken)
    {
        var missing = systems.Where(system => batch.Find(system) is null).Select(system => system.Derivation).Distinct();
        foreach (var chunk in StoreQueries.Chunks(missing))
        {
            var outcome = await PlaceAsync(batch, chunk, cancellationToken).ConfigureAwait(false);
            foreach (var derivation in outcome.IsSuccess ? [] : chunk)
            {
                var alone = await PlaceAsync(batch, [derivation], cancellationToken).ConfigureAwait(false);
                if (!alone.IsSuccess)
                {
                    failures[derivation] = new BuildFailure(
                        BuildFailureKind.Damaged, $"It was built and could not be kept: {NixErrorText.Of(alone.Error, alone.ExitCode)}");
                }
            }
        }

        Release(batch, Point(batch, [.. systems.Where(system => !failures.ContainsKey(system.Derivation))]));
    }

    private async Task<ProcessOutcome> PlaceAsync(
        GcRootLinks batch, IReadOnlyList<StorePath> derivations, CancellationToken cancellationToken)
    {
        var link = batch.NextLink();
        var outcome = await nix.RunAsync(NixCommands.PlaceRoots(derivations, link), null, cancellationToken).ConfigureAwait(false);
        if (outcome.IsSuccess)
        {
            batch.Record(derivations, link);
        }

        return outcome;
    }

    private static List<string?> Point(GcRootLinks batch, IReadOnlyList<SystemDerivation> systems)
    {
        try
        {
            return [.. systems.Select(system => Point(batch, system))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NixException(
                $"A system is built, but its link in '{batch.RootsDirectory}' could not be placed: {exception.Message}", exception)
            {
                NextStep = "Remove what is in the way.",
            };
        }
    }

    private static string? Point(GcRootLinks batch, SystemDerivation system)
    {
        var target = batch.Find(system) ?? throw new NixException($"Nix has not made a root for '{system.System}'.");
        var link = Path.Join(batch.RootsDirectory, FileName(system.Attribute));
        var old = new FileInfo(link).LinkTarget;

        // Not in one step, and need not be: the roots are the links that this one points to, and both of them are there.
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
        return old;
    }

    private void Release(GcRootLinks batch, IReadOnlyList<string?> replaced)
    {
        try
        {
            var used = Directory.EnumerateFileSystemEntries(batch.RootsDirectory)
                .Select(entry => new FileInfo(entry).LinkTarget)
                .ToHashSet(StringComparer.Ordinal);
            var all = GcRootLinks.AllIn(batch.RootsDirectory);
            var abandoned = FindAbandoned(all);
            foreach (var link in replaced.OfType<string>()
                .Concat(abandoned.SelectMany(Directory.EnumerateFileSystemEntries))
                .Where(link => !used.Contains(link)))
            {
                if (Path.GetDirectoryName(link) is { } directory && Path.GetDirectoryName(directory) == all)
                {
                    File.Delete(link);
                    RemoveEmpty(directory);
                }
            }

            abandoned.ForEach(RemoveEmpty);
            RemoveEmpty(batch.LinksDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another build is at it too, or somebody changed the owner: what was built is kept, and the next build tries again.
        }
    }

    // What a build left that was stopped before its end, or whose attributes were removed since.
    private List<string> FindAbandoned(string directory) =>
        [.. Directory.EnumerateDirectories(directory)
            .Where(batch => time.GetUtcNow() - Directory.GetLastWriteTimeUtc(batch) > AbandonedAfter)];

    private static void RemoveEmpty(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (IOException)
        {
            // It has other links, or is gone already.
        }
    }

    // An attribute may be any string, also one that leads out of the directory.
    private static string FileName(string attribute)
    {
        var name = Uri.EscapeDataString(attribute);
        return name.StartsWith('.') ? "%2E" + name[1..] : name;
    }
}
