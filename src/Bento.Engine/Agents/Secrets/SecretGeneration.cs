using Bento.Protocol;

namespace Bento.Agents.Secrets;

/// <summary>The secrets of one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Secrets">Its secrets; null when it has none.</param>
internal sealed record SecretGeneration(ReleaseId Release, ReleaseSecrets? Secrets);
