using Bento.Processes;

namespace Bento.Hosts;

/// <summary>A submodule of git that is not checked out: there is an empty directory in its place.</summary>
/// <param name="FullPath">The absolute path of the directory.</param>
internal sealed record AbsentSubmodule(string FullPath)
{
    public override string ToString() =>
        $"It is a submodule of git that is not checked out. Run: git submodule update --init {PlainText.OfLine(FullPath)}";
}
