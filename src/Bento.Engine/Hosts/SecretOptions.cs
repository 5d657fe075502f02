using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>Who may read a secret on its host: an entry of <c>hosts.NAME.secrets</c> in <c>bento.json</c>.</summary>
public sealed class SecretOptions
{
    /// <summary>The name or number of its user. It must exist on the host before the switch.</summary>
    /// <value>Default: <c>root</c>.</value>
    public string Owner { get; set; } = SecretFile.DefaultOwner;

    /// <summary>The name or number of its group. It must exist on the host before the switch.</summary>
    /// <value>Default: <c>root</c>.</value>
    public string Group { get; set; } = SecretFile.DefaultOwner;

    /// <summary>Its mode in octal digits, with nothing for others: <c>0440</c>.</summary>
    /// <value>Default: <c>0400</c>.</value>
    public string Mode { get; set; } = "0400";
}
