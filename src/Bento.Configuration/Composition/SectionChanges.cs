using Bento.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bento.Configuration.Composition;

/// <summary>Notices when the settings of an application change.</summary>
internal sealed class SectionChanges(IConfiguration configuration) : IOptionsChangeTokenSource<BentoOptions>
{
    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => configuration.GetReloadToken();
}
