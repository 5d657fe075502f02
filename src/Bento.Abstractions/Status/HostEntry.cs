using Bento.Protocol;

namespace Bento.Status;

/// <summary>A host that the fleet knows of, wherever it is known from.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostEntry
{
    /// <summary>Its name.</summary>
    public required HostName Name { get; init; }

    /// <summary>The words to select it by.</summary>
    public required IReadOnlyList<string> Tags { get; init => field = ValueList.Of(value); }

    /// <summary>The key that it logs in with; null where none was said.</summary>
    public required SshPublicKey? Key { get; init; }

    /// <summary>Whether a configuration directory describes it; null when only an evaluation could tell.</summary>
    public required bool? HasConfiguration { get; init; }

    /// <summary>Whether there is an area for it.</summary>
    public required bool HasArea { get; init; }
}
