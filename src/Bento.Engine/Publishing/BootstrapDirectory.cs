using Bento.Protocol;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>
/// The <c>config/</c> of an area. It holds the script for hosts without an agent, where one is published, and nothing else: the archive is
/// the release. What bash bento, or a Bento before this, unpacked there is taken away, and with it a directory that may belong to the host.
/// </summary>
internal static class BootstrapDirectory
{
    private static readonly string Script = Path.GetFileName(AreaPath.Bootstrap);

    /// <summary>Looks what lies there.</summary>
    /// <exception cref="TransportException">The area cannot be used.</exception>
    public static async Task<BootstrapDirectoryState> LookAsync(IArea area, CancellationToken cancellationToken)
    {
        var (hasScript, hasOthers) = (false, false);
        try
        {
            await foreach (var entry in area.ListAsync(AreaPath.Config, cancellationToken).ConfigureAwait(false))
            {
                var isScript = entry.Name == Script && entry.IsPlainFile;
                (hasScript, hasOthers) = (hasScript || isScript, hasOthers || !isScript);
            }
        }
        catch (TransportException exception) when (exception.Failure == TransportFailure.Foreign)
        {
            // Whoever wants to write there says so.
        }

        return (hasScript, hasOthers) switch
        {
            (_, true) => BootstrapDirectoryState.HasOthers,
            (true, _) => BootstrapDirectoryState.HasScript,
            _ => BootstrapDirectoryState.Empty,
        };
    }

    /// <summary>Makes it what it should be, but for the script itself.</summary>
    /// <exception cref="TransportException">The area cannot be used.</exception>
    public static async Task PrepareAsync(IArea area, BootstrapDirectoryState state, bool hasScript, CancellationToken cancellationToken)
    {
        if (state == BootstrapDirectoryState.HasOthers || (state == BootstrapDirectoryState.HasScript && !hasScript))
        {
            _ = await area.RemoveDirectoryAsync(AreaPath.Config, cancellationToken).ConfigureAwait(false);
            state = BootstrapDirectoryState.Empty;
        }

        if (hasScript && state == BootstrapDirectoryState.Empty)
        {
            await area.EnsureDirectoryAsync(AreaPath.Config, cancellationToken).ConfigureAwait(false);
        }
    }
}
