using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Compares what a host would get with what it has.</summary>
internal sealed class ReleaseComparison(ReleaseSeal seal, [Guarded] IStatusStore store, SecretVault vault)
{
    /// <returns>The host when something is due for it; else the release that it has already; neither when it failed.</returns>
    /// <exception cref="TransportException">The server went away.</exception>
    public async Task<(PlannedHost? Due, Release? Same)> CompareAsync(
        DeployRun run, ITransportSession session, ReleaseTerms terms, PlannedHost planned, CancellationToken cancellationToken)
    {
        try
        {
            var area = session.OpenArea(planned.Name);
            var secrets = await vault.PrepareAsync(planned.Evaluated.Spec, cancellationToken).ConfigureAwait(false);
            var host = planned with { Secrets = secrets };
            host.Wanted.Check(terms);
            var current = await CurrentRelease.ReadAsync(area, terms, cancellationToken).ConfigureAwait(false);
            if (current is not null && host.Wanted.IsAlready(current, terms))
            {
                return (null, current);
            }

            // Asked together with what else is asked, so that it costs no round trip.
            var record = await store.ReadAsync(host.Name, cancellationToken).ConfigureAwait(false);
            var claims = HostClaims.ReadAsync(area, record, cancellationToken);
            if (await WhyNotAsync(run, area, record, host.Name, terms, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                run.Fail(
                    planned.Name,
                    reason,
                    "Look at the settings 'fleet' and 'signing.keys'. If it is meant, remove release.json from the area of the host "
                        + "and deploy again.");
            }
            else
            {
                var said = await claims.ConfigureAwait(false);
                if (said.WhyNot(host.Name, host.Wanted.System, host.Wanted.Host.Settings.Policy) is { } remark)
                {
                    run.Remark(remark);
                }

                return (host with { Current = current, Running = said.Running }, null);
            }
        }
        catch (TransportException exception) when (!exception.IsTransient)
        {
            run.Fail(planned.Name, $"Its area cannot be read: {exception.Message}", exception.NextStep);
        }
        catch (UnreadableReleaseException exception)
        {
            run.Fail(planned.Name, exception.Message, exception.NextStep);
        }
        catch (StatusStoreException exception)
        {
            run.Fail(planned.Name, exception.Message, exception.NextStep);
        }
        catch (SecretException exception)
        {
            run.Fail(planned.Name, exception.Message, exception.NextStep);
        }

        return (null, null);
    }

    /// <summary>
    /// The record of this publisher decides. What lies in the area counts only where a key of it signed that, or where it has none and
    /// believes what is there.
    /// </summary>
    private async Task<string?> WhyNotAsync(
        DeployRun run, IArea area, HostRecord record, HostName host, ReleaseTerms terms, CancellationToken cancellationToken)
    {
        var (found, isSigned) = await CurrentRelease.PeekAsync(area, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            if (await seal.FindStrangersAsync(area, cancellationToken).ConfigureAwait(false) is not null)
            {
                run.Remark(Replaced(host));
            }

            return null;
        }

        var last = record.Releases is [var newest, ..] ? newest.Release : null;
        var believed = terms.HasKeys ? await seal.ReadAsync(area, cancellationToken).ConfigureAwait(false) : found;
        if (believed is null && record.Releases.All(published => published.Release.Id != found.Id))
        {
            run.Remark(Replaced(host));
        }

        return FleetGuard.WhyNot(last, false, terms) ?? FleetGuard.WhyNot(believed, isSigned, terms);
    }

    private static string Replaced(HostName host) =>
        $"The area of '{host}' holds a release that no key of this publisher signed; it is replaced. Find out who writes there.";
}
