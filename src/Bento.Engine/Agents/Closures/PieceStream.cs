using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Cuts a piece of a bundle into its files. Each gets its name when it is whole and the right one.</summary>
internal sealed class PieceStream(ClosureTransfer piece, ClosureFiles files) : WriteOnlyStream
{
    private readonly byte[] _buffer = new byte[piece.Files.Max(file => file.Bytes)];
    private long _position = piece.Offset;
    private int _next;

    /// <summary>Whether every file arrived.</summary>
    public bool IsWhole => _next == piece.Files.Count;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && _next < piece.Files.Count)
        {
            var file = piece.Files[_next];
            var gap = (int)long.Clamp(file.Offset - _position, 0, buffer.Length);
            var have = (int)(_position + gap - file.Offset);
            var taken = (int)long.Clamp(file.Bytes - long.Max(have, 0), 0, buffer.Length - gap);
            if (taken > 0)
            {
                buffer.Slice(gap, taken).CopyTo(_buffer.AsMemory(have));
            }

            _position += gap + taken;
            buffer = buffer[(gap + taken)..];
            if (_position == file.Offset + file.Bytes)
            {
                await files.PutAsync(file, _buffer.AsMemory(0, (int)file.Bytes), cancellationToken).ConfigureAwait(false);
                _next++;
            }
        }
    }
}
