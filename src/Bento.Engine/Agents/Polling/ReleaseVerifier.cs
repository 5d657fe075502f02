using System.Text.Json;
using Bento.Agents.Journal;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Agents.Polling;

/// <summary>
/// Decides whether a host takes a release. Pure; the order of the checks is the order of docs/protocol.md, "Verification".
/// </summary>
/// <param name="fleet">The fleet that the host belongs to.</param>
/// <param name="host">The host.</param>
/// <param name="trust">Whose releases the host takes.</param>
/// <param name="epoch">The epoch that the host's own configuration names.</param>
internal sealed class ReleaseVerifier(FleetName fleet, HostName host, TrustPolicy trust, long epoch)
{
    public Verification Verify(ReadOnlySpan<byte> releaseJson, AgentJournal journal, DateTimeOffset now)
    {
        try
        {
            var envelope = ReleaseFile.ReadEnvelope(releaseJson);

            // Before a byte of the payload is read: what strangers wrote reaches no further than here.
            return trust.FindObjection(envelope) is { } objection
                ? Verification.Refuse(Refusal.Untrusted, objection.Reason)
                : Judge(ReleaseFile.ReadPayload(envelope.Payload), journal, now);
        }
        catch (NewerSchemaException exception)
        {
            return Verification.Refuse(Refusal.NeedsNewerAgent, $"The release needs a newer agent: {exception.Message}");
        }
        catch (JsonException exception)
        {
            return Verification.Refuse(Refusal.Malformed, $"release.json is not a release: {exception.Message}");
        }
    }

    private Verification Judge(Release release, AgentJournal journal, DateTimeOffset now)
    {
        if (release.MinimumAgent > ProtocolVersion.Current)
        {
            return Verification.Refuse(
                Refusal.NeedsNewerAgent,
                $"The release needs an agent of protocol {release.MinimumAgent}, this one speaks {ProtocolVersion.Current}.");
        }

        if (release.Fleet != fleet)
        {
            return Verification.Refuse(
                Refusal.WrongFleet, $"The release is for the fleet '{release.Fleet}', this host belongs to '{fleet}'.");
        }

        if (release.Host != host)
        {
            return Verification.Refuse(Refusal.WrongHost, $"The release is for the host '{release.Host}', this one is '{host}'.");
        }

        // Whoever stole a key must not begin an epoch with it: that takes the configuration of the host.
        if (release.Number.Epoch > epoch)
        {
            return Verification.Refuse(
                Refusal.WrongEpoch,
                $"Release {release.Number} is of epoch {release.Number.Epoch}, and the configuration of this host names epoch {epoch}.");
        }

        if (release.Number.Epoch < epoch)
        {
            return Verification.Refuse(
                Refusal.Rollback,
                $"Release {release.Number} is of epoch {release.Number.Epoch}, and the configuration of this host names epoch {epoch}, "
                    + "which is later.");
        }

        if (release.Number < journal.Floor)
        {
            return Verification.Refuse(
                Refusal.Rollback, $"Release {release.Number} comes before release {journal.Floor}, which was accepted already.");
        }

        if (release.Number == journal.Floor && journal.FloorId is { } accepted && release.Id != accepted)
        {
            return Verification.Refuse(
                Refusal.Fork, $"There are two releases {release.Number}: {accepted} was accepted, this one is {release.Id}.");
        }

        if (!ReleaseSequence.IsNear(release.Number, journal.Floor))
        {
            return Verification.Refuse(Refusal.Jump, $"Release {release.Number} is too far ahead of release {journal.Floor}.");
        }

        return now > release.Expires
            ? Verification.Refuse(Refusal.Stale, $"Release {release.Number} expired at {release.Expires:u}.")
            : Verification.Accept(release);
    }
}
