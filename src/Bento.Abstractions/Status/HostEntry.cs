using Bento.Protocol;

namespace Bento.Status;

/// <summary>A host that the fleet knows of, wherever it is known from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tags">The words to select it by.</param>
/// <param name="Key">The key that it logs in with; null where none was said.</param>
/// <param name="HasConfiguration">Whether a configuration directory describes it; null when only an evaluation could tell.</param>
/// <param name="HasArea">Whether there is an area for it.</param>
/// <remarks>Immutable.</remarks>
public sealed record HostEntry(HostName Name, IReadOnlyList<string> Tags, SshPublicKey? Key, bool? HasConfiguration, bool HasArea);
