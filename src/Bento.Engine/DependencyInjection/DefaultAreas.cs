using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento;

/// <summary>Areas lie in the Bento directory until somebody says where.</summary>
internal sealed class DefaultAreas(IOptions<BentoOptions> bento) : IPostConfigureOptions<LocalDirectoryOptions>
{
    public void PostConfigure(string? name, LocalDirectoryOptions options)
    {
        if (options.Directory.Length == 0)
        {
            options.Directory = Path.Join(bento.Value.Directory, BentoFiles.StateDirectory, BentoFiles.AreasDirectory);
        }
    }
}
