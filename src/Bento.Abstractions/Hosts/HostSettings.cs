using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>
/// What the operator said about one host beside its configuration: the <c>hosts</c> section of <c>bento.json</c>, and Bento's own files in
/// its directory.
/// </summary>
/// <remarks>Immutable.</remarks>
public sealed record HostSettings
{
    /// <summary>Words to select the host by.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Tags { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>
    /// Whether deploy only evaluates the system and leaves building to the host (bash bento's <c>NOLOCALBUILD</c>): another architecture, a
    /// small server.
    /// </summary>
    /// <value>Default: false.</value>
    public bool EvaluateOnly { get; init; }

    /// <summary>What the host gets.</summary>
    /// <value>Default: <see cref="Delivery.Configuration"/>.</value>
    public Delivery Delivery { get; init; }

    /// <summary>What the agent may do on the host.</summary>
    /// <value>Default: <see cref="HostPolicy.Default"/>.</value>
    public HostPolicy Policy { get; init; } = HostPolicy.Default;

    /// <summary>The public half of the key that only this host has: its secrets are encrypted to it.</summary>
    /// <value>Default: null; then it can have no secrets.</value>
    public SshPublicKey? PublicKey { get; init; }

    /// <summary>Who may read which of its secrets; one that is not listed belongs to root, and only root reads it.</summary>
    /// <value>Default: none listed.</value>
    public IReadOnlyList<SecretFile> Secrets { get; init => field = ValueList.Of(value); } = ValueList<SecretFile>.Empty;
}
