using Bento.Cli.Status;
using Bento.Status;

namespace Bento.Cli.Deploy;

/// <summary>What hosts make of a release: a line whenever one of them has got further.</summary>
internal sealed class WaitLines(TextWriter writer)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public void Write(IReadOnlyList<HostStatus> hosts)
    {
        foreach (var host in hosts)
        {
            var words = $"{StateWords.Name(host.State)}: {host.Reason}";
            if (_shown.GetValueOrDefault(host.Host.ToString()) != words)
            {
                _shown[host.Host.ToString()] = words;
                writer.WriteLine($"{host.Host}: {words}");
            }
        }
    }
}
