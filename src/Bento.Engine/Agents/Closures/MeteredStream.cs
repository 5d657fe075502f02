using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Passes on what is written to it, and tells a meter how much that was.</summary>
internal sealed class MeteredStream(Stream destination, FetchMeter meter) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await destination.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        meter.Add(buffer.Length);
    }
}
