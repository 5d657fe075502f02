using Bento.Configuration.Documents;
using Bento.Hosts;

namespace Bento.Configuration.Composition;

/// <summary>Checks the settings that a Bento was put together from, when its services are there.</summary>
/// <param name="Problems">Finds everything that is wrong: what the schema, the rules of the file and those of the library find.</param>
internal sealed record SettingsCheck(Func<IServiceProvider, IReadOnlyList<FleetProblem>> Problems)
{
    public static SettingsCheck Of<T>(
        Reading.ReadSettings<T> read, IEnumerable<SettingProblem> ruled, IReadOnlyList<CheckedOptions> options) =>
        new(provider => read.With(ruled.Concat(options.SelectMany(part => part.Check(provider)))));
}
