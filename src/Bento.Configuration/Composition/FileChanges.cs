using Bento.Hosts;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bento.Configuration.Composition;

/// <summary>Notices when a settings file changes. Made only where somebody wants to know.</summary>
internal sealed class FileChanges(string path) : IOptionsChangeTokenSource<BentoOptions>, IDisposable
{
    private readonly PhysicalFileProvider _files = new(Path.GetDirectoryName(path)!);

    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => _files.Watch(Path.GetFileName(path));

    public void Dispose() => _files.Dispose();
}
