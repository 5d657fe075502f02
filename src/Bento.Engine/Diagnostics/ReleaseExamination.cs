using System.Runtime.CompilerServices;
using System.Text.Json;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Diagnostics;

/// <summary>The release in each area: there where one was published, and a release.</summary>
internal sealed class ReleaseExamination(IHostRegistry hosts, [Guarded] ITransport transport, [Guarded] IStatusStore store) : IExamination
{
    public string Subject => "releases";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var published = (await store.ListAsync(cancellationToken).ConfigureAwait(false)).ToHashSet();
        var known = await hosts.ListAsync(cancellationToken).ConfigureAwait(false);
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // What lies in the area of a host that nothing describes goes with it.
            foreach (var host in known.Where(host => host is { HasArea: true, HasConfiguration: not false }).Select(host => host.Name))
            {
                if (await LookAsync(
                    session.OpenArea(host), published.Contains(host), cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    yield return new Finding
                    {
                        Subject = Subject,
                        Kind = FindingKind.Problem,
                        Message = problem,
                        Host = host,
                        NextStep = new NextStep("Deploy the host again.") { Verb = NextStepVerb.Deploy, Host = host },
                    };
                }
            }
        }
    }

    private static async Task<string?> LookAsync(IArea area, bool wasPublished, CancellationToken cancellationToken)
    {
        try
        {
            if (await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is not { } bytes)
            {
                return wasPublished
                    ? $"A release was published, and there is no {AreaPath.Release} in the area: the host is offered nothing."
                    : null;
            }

            _ = ReleaseFile.ReadPayload(ReleaseFile.ReadEnvelope(bytes).Payload);
            return null;
        }
        catch (JsonException exception)
        {
            return $"The {AreaPath.Release} in the area is not a release, so the host takes nothing: {exception.Message}";
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return $"The {AreaPath.Release} in the area is not a release, so the host takes nothing: {exception.Message}";
        }
    }
}
