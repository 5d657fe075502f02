using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>A compressed NAR or a patch, as it lies here.</summary>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Place">The file.</param>
internal sealed record PackedFile(ContentHash Hash, long Bytes, string Place);
