namespace Bento.Status;

/// <summary>Reads what can be read.</summary>
internal static class StatusStoreExtensions
{
    /// <summary>The record of a host; an empty one where it cannot be read.</summary>
    public static async Task<HostRecord> ReadOrEmptyAsync(this IStatusStore store, HostName host, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HostRecord.Empty;
        }
    }
}
