using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>Where the publisher keeps its records.</summary>
internal sealed class StateDirectories(IOptions<BentoOptions> options)
{
    private readonly string _root = options.Value.StateDirectory ?? Path.Join(options.Value.Directory, BentoFiles.StateDirectory);

    /// <summary>What evaluation said.</summary>
    public string Evaluations => Path.Join(_root, "evaluations");

    /// <summary>Releases and accepted reports.</summary>
    public string Records => Path.Join(_root, "hosts");

    /// <summary>Copies of the logs of accepted attempts.</summary>
    public string Logs => Path.Join(_root, "logs");

    /// <summary>The hosts of the fleet.</summary>
    public string Roster => Path.Join(_root, "fleet");

    /// <summary>Links that keep built systems from being collected.</summary>
    public string Roots => Path.Join(_root, "roots");

    /// <summary>Encrypted secrets, and how to tell whether they changed.</summary>
    public string Secrets => Path.Join(_root, "secrets");

    /// <summary>Releases that wait for signatures, and their content.</summary>
    public string Staged => Path.Join(_root, "staged");

    /// <summary>Snapshots and archives of the operation that runs.</summary>
    public string Work => Path.Join(_root, "work");
}
