using System.Text;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Status;

/// <summary>The records, with what lies in the areas now.</summary>
internal sealed class FleetHistory(
    FleetHosts hosts, [Guarded] ITransport transport, ReportIntake intake, [Guarded] IStatusStore store) : IFleetHistory
{
    public async Task<IReadOnlyList<HostHistory>> ReadAsync(HostSelector selector, CancellationToken cancellationToken)
    {
        var session = await transport.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var selected = await hosts.SelectAsync(selector, session, cancellationToken).ConfigureAwait(false);
            var histories = new HostHistory[selected.Count];
            await Parallel.ForAsync(0, selected.Count, FleetHosts.Parallelism(cancellationToken), async (index, token) =>
            {
                var (host, _) = selected[index];
                histories[index] = await ReadAsync(session, host, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
            return histories;
        }
    }

    public async Task<HostLog?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken)
    {
        if (await store.ReadLogAsync(host, number, attempt, cancellationToken).ConfigureAwait(false) is not { } gzip)
        {
            return null;
        }

        try
        {
            var raw = LogText.Unpack(gzip);
            return new HostLog
            {
                Number = number,
                Attempt = attempt,
                Text = PlainText.OfLines(Encoding.UTF8.GetString(raw).ReplaceLineEndings("\n")),
                Raw = raw,
            };
        }
        catch (InvalidDataException exception)
        {
            throw new StatusStoreException(
                $"The log of attempt {attempt} at release {number} of '{host}' is damaged: {exception.Message}", exception)
            { Host = host };
        }
    }

    /// <summary>Where the area cannot be read, the past is still known; whatever is wrong with one host, the others have theirs.</summary>
    private async Task<HostHistory> ReadAsync(ITransportSession session, HostName host, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await intake.TakeAsync(session.OpenArea(host), host, cancellationToken).ConfigureAwait(false);
            return new HostHistory(host, facts.Record) { Problems = facts.IsRead ? [] : facts.Remarks };
        }
        catch (BentoException exception)
        {
            return new HostHistory(host, await store.ReadOrEmptyAsync(host, cancellationToken).ConfigureAwait(false))
            {
                Problems = [exception.Message],
            };
        }
    }
}
