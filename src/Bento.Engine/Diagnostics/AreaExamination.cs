using System.Runtime.CompilerServices;
using Bento.Processes;
using Bento.Status;
using Bento.Transport;

namespace Bento.Diagnostics;

/// <summary>
/// The area of every host: whether a publisher can write it and an sshd would serve it, and whether host and area belong together.
/// </summary>
internal sealed class AreaExamination(IHostRegistry hosts, [Guarded] ITransport transport) : IExamination
{
    public string Subject => "areas";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = await hosts.ListAsync(cancellationToken).ConfigureAwait(false);
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var host in known)
            {
                if (host.HasConfiguration == false)
                {
                    yield return new Finding
                    {
                        Subject = Subject,
                        Kind = FindingKind.Warning,
                        Message = "Nothing describes this host any more, or not yet.",
                        Host = host.Name,
                        NextStep = new NextStep("Describe it in the configuration, or remove it.")
                        {
                            Verb = NextStepVerb.RemoveHost,
                            Host = host.Name,
                        },
                    };
                }

                if (!host.HasArea)
                {
                    yield return new Finding
                    {
                        Subject = Subject,
                        Kind = FindingKind.Warning,
                        Message = "Nothing was published for this host yet.",
                        Host = host.Name,
                        NextStep = new NextStep("Deploy it.") { Verb = NextStepVerb.Deploy, Host = host.Name },
                    };
                }

                foreach (var problem in await session.OpenArea(host.Name).CheckAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return new Finding
                    {
                        Subject = Subject,
                        Kind = FindingKind.Problem,
                        Message = problem.Message,
                        Host = host.Name,
                        NextStep = problem.NextStep,
                    };
                }
            }
        }
    }
}
