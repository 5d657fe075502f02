using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Compares what a host would get with what it has.</summary>
internal sealed class ReleaseComparison(ReleaseSealer seal, [Guarded] IStatusStore store, SecretVault vault, TimeProvider clock)
{
    /// <param name="run">The operation.</param>
    /// <param name="session">The server.</param>
    /// <param name="terms">What every release bears.</param>
    /// <param name="planned">The host.</param>
    /// <param name="known">What its area holds; null when it was not read yet.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The host when something is due for it; else the release that it has already; neither when it failed.</returns>
    /// <exception cref="TransportException">The server went away.</exception>
    public async Task<(PlannedHost? Due, Release? Same)> CompareAsync(
        DeployRun run,
        ITransportSession session,
        ReleaseTerms terms,
        PlannedHost planned,
        OfferedContent? known,
        CancellationToken cancellationToken)
    {
        try
        {
            var secrets = await vault.PrepareAsync(planned.Evaluated.Spec, cancellationToken).ConfigureAwait(false);
            if (FindContradiction(planned) is { } contradiction)
            {
                run.Fail(planned.Name, FailureKind.Configuration, contradiction);
                return (null, null);
            }

            var host = planned with { Secrets = secrets };
            host.Wanted.Check(terms);
            var area = session.OpenArea(planned.Name);
            var record = await store.ReadAsync(host.Name, cancellationToken).ConfigureAwait(false);

            // Asked together with what else is asked, so that it costs no round trip.
            var claims = HostClaims.ReadAsync(area, record, cancellationToken);
            var offered = known ?? await OfferedContent.ReadAsync(area, cancellationToken).ConfigureAwait(false);
            var current = offered.Current(terms);
            if (current is not null && (host.Wanted.IsAlready(current, terms, run.Unpins) || (current.Pin is not null && !run.Unpins)))
            {
                return (null, current);
            }

            if (await FindObjectionAsync(run, offered.Release, record, host.Name, terms, cancellationToken)
                .ConfigureAwait(false) is { } objection)
            {
                run.Fail(planned.Name, objection);
            }
            else
            {
                var said = await claims.ConfigureAwait(false);
                if (said.FindObjection(host.Name, host.Wanted.System, host.Wanted.Host.Settings.Policy) is { } remark)
                {
                    run.Remark(remark);
                }

                return (host with
                {
                    Current = current,
                    Freeze = current?.Policy.Freeze is { } freeze && freeze.Holds(clock.GetUtcNow()) ? freeze : null,
                    Offered = offered.Release,
                    Running = said.Running,
                }, null);
            }
        }
        catch (TransportException exception) when (!exception.IsTransient)
        {
            run.Fail(planned.Name, FailureReading.Of(exception, $"Its area cannot be read: {exception.Message}"));
        }
        catch (UnreadableReleaseException exception)
        {
            run.Fail(planned.Name, FailureKind.Damaged, exception.Message, exception.NextStep);
        }
        catch (StatusStoreException exception)
        {
            run.Fail(planned.Name, Failure.Of(exception));
        }
        catch (SecretException exception)
        {
            run.Fail(planned.Name, FailureKind.Configuration, exception.Message, exception.NextStep);
        }

        return (null, null);
    }

    /// <summary>Files in its directory may say what contradicts the settings.</summary>
    private static string? FindContradiction(PlannedHost planned)
    {
        var settings = planned.Evaluated.Spec.Settings;
        return DeliveryRule.FindContradiction(settings.Delivery, settings.EvaluateOnly, settings.Policy.SelfUpdate);
    }

    /// <summary>
    /// The record of this publisher decides. What lies in the area counts only where a key of it signed that, or where it has none and
    /// believes what is there.
    /// </summary>
    private async Task<Objection?> FindObjectionAsync(
        DeployRun run, OfferedRelease offered, HostRecord record, HostName host, ReleaseTerms terms, CancellationToken cancellationToken)
    {
        if (offered.Release is not { } found)
        {
            if (await seal.FindStrangersAsync(offered, cancellationToken).ConfigureAwait(false) is not null)
            {
                run.Remark(Replaced(host));
            }

            return null;
        }

        var last = record.Releases is [var newest, ..] ? newest.Release : null;
        var believed = terms.HasKeys ? await seal.BelieveAsync(offered, cancellationToken).ConfigureAwait(false) : found;
        if (believed is null && record.Releases.All(published => published.Release.Id != found.Id))
        {
            run.Remark(Replaced(host));
        }

        return FleetGuard.FindObjection(last, false, terms) ?? FleetGuard.FindObjection(believed, offered.IsSigned, terms);
    }

    private static string Replaced(HostName host) =>
        $"The area of '{host}' holds a release that no key of this publisher signed; it is replaced. Find out who writes there.";
}
