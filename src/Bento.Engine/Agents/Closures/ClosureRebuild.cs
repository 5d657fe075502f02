using Bento.Building;
using Bento.Building.Closures;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Makes paths of a closure of what the store has from the release before, where that is shorter than fetching them.</summary>
internal sealed class ClosureRebuild(IClosureImport store, IPatchTool tool)
{
    /// <summary>The part of the memory that is free now which a patch may take.</summary>
    private const int MemoryShare = 2;

    /// <summary>Chooses what can be made: its beginning is in the store, and both archives have room in the memory.</summary>
    /// <exception cref="NixException">Nix could not be asked what it has.</exception>
    public async Task<IReadOnlyList<ClosurePath>> ChooseAsync(IEnumerable<ClosurePath> wanted, CancellationToken cancellationToken)
    {
        var room = long.Min((MachineMemory.Available() ?? 0) / MemoryShare, IPatchTool.MaxBytes);
        var candidates = wanted.Where(path => path.Patch is { } patch && patch.FromBytes <= room - path.NarBytes).ToList();
        if (candidates.Count == 0 || !await tool.IsThereAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var missing = await store.FindMissingAsync(
            [.. candidates.Select(path => path.Patch!.From).Distinct()], cancellationToken).ConfigureAwait(false);
        return [.. candidates.Where(path => !missing.Contains(path.Patch!.From))];
    }

    /// <summary>Makes an archive, and believes nothing but its hash.</summary>
    /// <param name="path">The path; its patch was fetched.</param>
    /// <param name="files">Where the patch is, and the archive goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether it is there; else the file of the path must be fetched.</returns>
    public async Task<bool> MakeAsync(ClosurePath path, ClosureFiles files, CancellationToken cancellationToken)
    {
        var (before, after) = (files.Scratch("before"), files.Scratch("after"));
        try
        {
            using (var stream = new FileStream(before, FileMode.Create, FileAccess.Write))
            {
                new NarWriter(stream).Write(path.Patch!.From.ToString());
            }

            return await tool.ApplyAsync(
                    before, files.PlaceOf(path.Patch.File), after, path.NarBytes, cancellationToken).ConfigureAwait(false)
                && files.TryTakePlain(path, after);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            File.Delete(before);
            File.Delete(after);
        }
    }
}
