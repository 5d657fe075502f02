using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Passes on a part of what is written to it: for areas that send files only from their beginning.</summary>
internal sealed class WindowStream(Stream destination, long offset, long count) : WriteOnlyStream
{
    private long _position;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var skipped = (int)long.Clamp(offset - _position, 0, buffer.Length);
        var wanted = (int)long.Clamp(offset + count - _position, 0, buffer.Length) - skipped;
        _position += buffer.Length;
        if (wanted > 0)
        {
            await destination.WriteAsync(buffer.Slice(skipped, wanted), cancellationToken).ConfigureAwait(false);
        }
    }
}
