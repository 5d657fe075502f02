using Bento.Protocol;

namespace Bento.Publishing.Closures;

/// <summary>A patch that is worth it.</summary>
/// <param name="From">The path of the release before that it begins with.</param>
/// <param name="File">The patch.</param>
internal sealed record PackedPatch(ClosurePath From, PackedFile File);
