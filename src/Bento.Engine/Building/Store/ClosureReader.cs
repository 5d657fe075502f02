using System.Globalization;
using Bento.Building.Programs;

namespace Bento.Building.Store;

/// <summary>Reads closures by the old commands of Nix: the JSON of <c>nix path-info</c> changed its shape between versions.</summary>
/// <param name="nix">Runs Nix.</param>
internal sealed class ClosureReader(NixTool nix)
{
    /// <inheritdoc cref="ISystemBuilder.ReadClosureAsync"/>
    public async Task<SystemClosure?> ReadAsync(StorePath system, CancellationToken cancellationToken)
    {
        var invalid = await LinesAsync(NixCommands.FindInvalid([system]), cancellationToken).ConfigureAwait(false);
        if (invalid.Count > 0)
        {
            return null;
        }

        var paths = (await LinesAsync(NixCommands.FindRequisites([system]), cancellationToken).ConfigureAwait(false)).ConvertAll(
            line => StorePath.Parse(line));
        var sizes = new List<long>(paths.Count);
        foreach (var chunk in ArgumentChunks.Split(paths, path => path.ToString(), ArgumentChunks.MaxBytes))
        {
            var lines = await LinesAsync(NixCommands.FindSizes(chunk), cancellationToken).ConfigureAwait(false);
            sizes.AddRange(lines.Select(line => long.Parse(line, CultureInfo.InvariantCulture)));
        }

        return new SystemClosure(system, paths.Zip(sizes).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private async Task<List<string>> LinesAsync(NixCommands command, CancellationToken cancellationToken)
    {
        var outcome = await nix.RunOrThrowAsync(command, cancellationToken).ConfigureAwait(false);
        return [.. outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
