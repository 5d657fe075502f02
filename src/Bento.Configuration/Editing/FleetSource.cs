using Bento.Configuration.Documents;

namespace Bento.Configuration.Editing;

/// <summary>Where the settings of a fleet come from, for what changes them.</summary>
/// <param name="Directory">The Bento directory, as an absolute path.</param>
/// <param name="Environment">The variables that come before its file.</param>
/// <param name="File">What was read.</param>
internal sealed record FleetSource(string Directory, IReadOnlyDictionary<string, string> Environment, BentoFile File);
