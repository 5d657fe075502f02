using Bento.Hosts;

namespace Bento.Configuration.Composition;

/// <summary>Checks the settings that a Bento was put together from, when its services are there.</summary>
/// <param name="Problems">Finds everything that is wrong: what the schema, the rules of the file and those of the library find.</param>
internal sealed record SettingsCheck(Func<IServiceProvider, IReadOnlyList<FleetProblem>> Problems);
