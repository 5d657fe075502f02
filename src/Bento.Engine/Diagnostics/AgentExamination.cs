using System.Runtime.CompilerServices;
using Bento.Processes;
using Bento.Status;

namespace Bento.Diagnostics;

/// <summary>Hosts whose agents are of another version than this program: operator and hosts should not drift apart.</summary>
internal sealed class AgentExamination([Guarded] IStatusStore store) : IExamination
{
    public string Subject => "agents";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var host in await store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await FindVersionAsync(host, cancellationToken).ConfigureAwait(false) is { } version && version != BentoVersion.Current)
            {
                yield return new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Warning,
                    Message = $"Its agent is version {version}, and this program is {BentoVersion.Current}: the configuration of the host "
                        + "should take its agent from a package of this version.",
                    Host = host,
                };
            }
        }
    }

    /// <summary>A record that cannot be read is a finding of another examination.</summary>
    private async Task<string?> FindVersionAsync(HostName host, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadAsync(host, cancellationToken).ConfigureAwait(false)).Heartbeat?.Agent;
        }
        catch (StatusStoreException)
        {
            return null;
        }
    }
}
