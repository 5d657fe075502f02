namespace Bento.Status;

/// <summary>What can be done with any status store.</summary>
public static class StatusStoreExtensions
{
    /// <summary>
    /// Copies records with their logs into another store, as when a fleet moves from files to a database. A host of which the other store
    /// knows something already is left as it is there. What is interrupted goes on when it is called again.
    /// </summary>
    /// <param name="from">Where the records are. They stay there.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="cancellationToken">Stops between two hosts.</param>
    /// <returns>The hosts that were copied, by name.</returns>
    /// <exception cref="StatusStoreException">A store cannot be used, or a record cannot be read: what was copied stays.</exception>
    public static async Task<IReadOnlyList<HostName>> CopyToAsync(
        this IStatusStore from, IStatusStore to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var copied = new List<HostName>();
        foreach (var host in await from.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await to.ReadAsync(host, cancellationToken).ConfigureAwait(false) != HostRecord.Empty)
            {
                continue;
            }

            // The logs first: a record never names one that is not there yet.
            var record = await from.ReadAsync(host, cancellationToken).ConfigureAwait(false);
            foreach (var attempt in record.Attempts.Where(attempt => attempt.Log == LogState.Kept))
            {
                if (await from.ReadLogAsync(host, attempt.Number, attempt.Attempt, cancellationToken).ConfigureAwait(false) is { } log)
                {
                    await to.WriteLogAsync(host, attempt.Number, attempt.Attempt, log, cancellationToken).ConfigureAwait(false);
                }
            }

            // Whoever wrote meanwhile knows more.
            var kept = await to.UpdateAsync(
                host, present => present == HostRecord.Empty ? record : present, cancellationToken).ConfigureAwait(false);
            if (kept == record)
            {
                copied.Add(host);
            }
        }

        return ValueList.Of(copied);
    }
}
