using Bento.Building;
using Bento.Hosts;
using Bento.Resilience;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Bento.Fleets;

/// <summary>Notices when options of a fleet change, by what the framework watches options with.</summary>
internal sealed class SettingsWatch : IDisposable
{
    private readonly List<IDisposable> _registrations = [];

    /// <param name="services">The fleet.</param>
    /// <param name="changed">Called on any thread.</param>
    public SettingsWatch(IServiceProvider services, Action changed)
    {
        Watch<BentoOptions>(services, changed);
        Watch<NixOptions>(services, changed);
        Watch<SigningOptions>(services, changed);
        Watch<SftpOptions>(services, changed);
        Watch<RetryOptions>(services, changed);
        Watch<LocalDirectoryOptions>(services, changed);
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Watch<TOptions>(IServiceProvider services, Action changed) => _registrations.AddRange(
        services.GetServices<IOptionsChangeTokenSource<TOptions>>().Select(source => ChangeToken.OnChange(source.GetChangeToken, changed)));
}
