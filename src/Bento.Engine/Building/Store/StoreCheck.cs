using System.Text.RegularExpressions;
using Bento.Building.Programs;
using Bento.Files;

namespace Bento.Building.Store;

/// <inheritdoc cref="IStoreCheck"/>
internal sealed partial class StoreCheck(NixTool nix, TimeProvider clock)
{
    /// <summary>How far a clock may have been put back while the store was written.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    /// <inheritdoc cref="IStoreCheck.CheckStoreAsync"/>
    public async Task<StoreCheckResult> RunAsync(
        string directory, DateTimeOffset? since, IReadOnlyCollection<StorePath> inUse, CancellationToken cancellationToken)
    {
        // What is registered and gone altogether is forgotten by Nix; that it complains is harmless.
        _ = await nix.RunAsync(NixCommands.VerifyPaths, null, cancellationToken).ConfigureAwait(false);
        var written = await ValidAsync(Written(directory, since), cancellationToken).ConfigureAwait(false);
        var damaged = await DamagedAsync(written, cancellationToken).ConfigureAwait(false);
        if (damaged.Count == 0)
        {
            return new StoreCheckResult(written.Count, 0, []);
        }

        var kept = await ReadAsync(
            NixCommands.FindRequisites,
            await ValidAsync(inUse, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        var removed = await ReadAsync(NixCommands.FindDependents, [.. damaged.Except(kept)], cancellationToken).ConfigureAwait(false);
        foreach (var chunk in Chunks(removed))
        {
            _ = await nix.RunOrThrowAsync(NixCommands.Delete(chunk), cancellationToken).ConfigureAwait(false);
        }

        return new StoreCheckResult(written.Count, removed.Count, [.. damaged.Intersect(kept)]);
    }

    /// <summary>Entries of the store that changed since then; all of them where the clock tells nothing.</summary>
    private List<StorePath> Written(string directory, DateTimeOffset? since)
    {
        try
        {
            var from = since is { } time && time <= clock.GetUtcNow() ? time - Margin : DateTimeOffset.MinValue;
            return [.. Directory.EnumerateFileSystemEntries(directory)
                .Where(entry => StorePath.TryParse(entry, out _) && FileStatus.Read(entry) is { } status && status.Changed >= from)
                .Select(entry => StorePath.Parse(entry))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NixException($"The store '{directory}' cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<IReadOnlyCollection<StorePath>> ValidAsync(
        IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken) =>
        [.. paths.Except(await ReadAsync(NixCommands.FindInvalid, paths, cancellationToken).ConfigureAwait(false))];

    private async Task<HashSet<StorePath>> DamagedAsync(IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken)
    {
        HashSet<StorePath> damaged = [];
        foreach (var chunk in Chunks(paths))
        {
            // Line by line: of a store that lost everything, more is said than is kept of standard error.
            List<string> lines = [];
            _ = await nix.RunAsync(NixCommands.Verify(chunk), lines.Add, cancellationToken).ConfigureAwait(false);
            damaged.UnionWith(lines.SelectMany(Named).Where(chunk.Contains));
        }

        return damaged;
    }

    private async Task<HashSet<StorePath>> ReadAsync(
        Func<IEnumerable<StorePath>, NixCommands> command, IReadOnlyCollection<StorePath> paths, CancellationToken cancellationToken)
    {
        HashSet<StorePath> found = [];
        foreach (var chunk in Chunks(paths))
        {
            var outcome = await nix.RunOrThrowAsync(command(chunk), cancellationToken).ConfigureAwait(false);
            found.UnionWith(
                outcome.Output.Split('\n').Where(line => StorePath.TryParse(line, out _)).Select(line => StorePath.Parse(line)));
        }

        return found;
    }

    private static IEnumerable<IReadOnlyList<StorePath>> Chunks(IEnumerable<StorePath> paths) =>
        ArgumentChunks.Split(paths, path => path.ToString(), ArgumentChunks.MaxBytes);

    private static IEnumerable<StorePath> Named(string line) =>
        Quoted().Matches(line)
            .Select(match => StorePath.TryParse(match.Groups[1].Value, out var path) ? path : (StorePath?)null)
            .OfType<StorePath>();

    [GeneratedRegex("'([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
