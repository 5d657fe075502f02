using Bento.Building.Programs;
using Bento.Building.Store;

namespace Bento.Building.Realisation;

/// <summary>Says what a build would do.</summary>
/// <param name="nix">Runs Nix.</param>
internal sealed class SystemForecast(NixTool nix)
{
    /// <inheritdoc cref="ISystemBuilder.ForecastAsync"/>
    public async Task<BuildForecast> ForecastAsync(IReadOnlyList<SystemDerivation> derivations, CancellationToken cancellationToken)
    {
        HashSet<StorePath> toBuild = [];
        HashSet<StorePath> toFetch = [];
        foreach (var chunk in StoreQueries.Chunks(derivations.Select(system => system.Derivation)))
        {
            if (await TryAsync(chunk).ConfigureAwait(false))
            {
                continue;
            }

            // One that cannot be read says nothing about the others: whatever it needs, it is still to be built.
            foreach (var derivation in chunk)
            {
                if (!await TryAsync([derivation]).ConfigureAwait(false))
                {
                    _ = toBuild.Add(derivation);
                }
            }
        }

        return new BuildForecast([.. toBuild], [.. toFetch]);

        async Task<bool> TryAsync(IReadOnlyList<StorePath> paths)
        {
            // Line by line: the list of a first build is longer than what is kept of standard error.
            List<string> lines = [];
            var outcome = await nix.RunAsync(NixCommands.Forecast(paths), lines.Add, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                return false;
            }

            var forecast = ForecastOutput.Read(lines);
            toBuild.UnionWith(forecast.ToBuild);
            toFetch.UnionWith(forecast.ToFetch);
            return true;
        }
    }
}
