using System.IO.Enumeration;

namespace Bento.Hosts;

/// <summary>Which attributes of <c>nixosConfigurations</c> are hosts, and what those are called. Pure.</summary>
internal sealed class HostNaming
{
    private readonly IReadOnlyList<string> _ignored;
    private readonly Dictionary<string, HostName> _named = new(StringComparer.Ordinal);

    public HostNaming(BentoOptions options)
    {
        _ignored = [.. options.IgnoreAttributes];
        foreach (var (host, attribute) in Attributes(options))
        {
            _named[attribute] = host;
        }
    }

    /// <summary>The attributes of the hosts that are not called like theirs.</summary>
    public static IReadOnlyDictionary<HostName, string> Attributes(BentoOptions options) => options.Hosts
        .Where(host => host.Value.Attribute is not null)
        .ToDictionary(host => HostName.Parse(host.Key), host => host.Value.Attribute!);

    /// <summary>Whether some attributes are not hosts, so that they must be known before all are evaluated.</summary>
    public bool HasIgnored => _ignored.Count > 0;

    /// <summary>Whether somebody said that an attribute is not a host.</summary>
    public bool IsIgnored(string attribute) =>
        _ignored.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, attribute, ignoreCase: false));

    /// <summary>What a host is called; null for an attribute that is ignored, or cannot be one.</summary>
    public HostName? Find(string attribute) =>
        IsIgnored(attribute) ? null
        : _named.TryGetValue(attribute, out var named) ? named
        : HostName.TryParse(attribute, out var name) ? name
        : null;

    /// <summary>What a host is called.</summary>
    /// <exception cref="FormatException">The attribute cannot be the name of a host, and nobody gave it one.</exception>
    public HostName Name(string attribute)
    {
        try
        {
            return Find(attribute) ?? HostName.Parse(attribute);
        }
        catch (FormatException exception)
        {
            throw new FormatException(
                $"{exception.Message} Give it a name (attribute of a host), or leave it out (ignoreAttributes).", exception);
        }
    }
}
