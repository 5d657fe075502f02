using System.Text;
using Bento.Agents.Journal;
using Bento.Files;
using Bento.Processes;
using Bento.Protocol;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Attempts;

/// <summary>What the host says about itself now.</summary>
internal sealed class HeartbeatSource(
    IOptions<AgentOptions> options, [Guarded] IActivator activator, RebootSteps reboots, AgentFiles files, TimeProvider clock)
{
    private const int MaxKeyBytes = 32 * 1024;

    /// <summary>The key of the server that nobody has confirmed yet; null when there is none.</summary>
    public KeyFingerprint? AcceptedHostKey
    {
        get
        {
            try
            {
                return options.Value.AcceptedHostKeyFile is { } path
                    && PlainFile.ReadAll(path, MaxKeyBytes) is { } bytes
                    && SshPublicKey.TryParse(Encoding.UTF8.GetString(bytes), null, out var key)
                    ? key.Fingerprint
                    : null;
            }
            catch (IOException)
            {
                // Whoever connects says what is wrong with the file.
                return null;
            }
        }
    }

    public async Task<Heartbeat> TakeAsync(AgentJournal journal, string? detail, CancellationToken cancellationToken)
    {
        var machine = await InspectAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        return new Heartbeat
        {
            At = now,
            Interval = options.Value.Interval,
            Agent = BentoVersion.Current,
            Running = machine.Running,
            Booted = machine.Booted,
            Release = journal.FloorId,
            Detail = detail,
            RebootPendingSince = journal.RebootPendingSince,
            IsBootedOld = reboots.Judge(journal, machine) == RebootVerdict.BootedOld,
            IsHeld = journal.Attempt is { Phase: AttemptPhase.Ready, IsHeld: true },
            Pause = files.Pause.Read(now),
            AcceptedHostKey = AcceptedHostKey,
            Trusts = Trusts(options.Value.Trust),
            Rejected = RejectionRule.After(journal.Attempt),
        };
    }

    /// <summary>A machine that cannot be looked at is one more thing to tell, and no reason to tell nothing.</summary>
    private async Task<MachineState> InspectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ActivationException)
        {
            return new MachineState { Running = null, Booted = null, Profile = null };
        }
    }

    private static HostTrust? Trusts(TrustOptions trust)
    {
        var keys = trust.TrustedKeys.Select(line => SshPublicKey.Parse(line).Fingerprint).Distinct().ToList();
        return trust.AllowUnsigned ? new HostTrust([], 0) : keys.Count <= HostTrust.MaxKeys ? new HostTrust(keys, trust.Threshold) : null;
    }
}
