using Bento.Agents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Integration.Tests;

/// <summary>The activator of NixOS, but for the reboot: that is what a test says.</summary>
internal sealed class SeenActivator(IActivator inner, Action reboot) : IActivator
{
    public static void PutBefore(IServiceCollection services, Action reboot)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IActivator));
        _ = services.RemoveAll<IActivator>();
        _ = services.AddSingleton<IActivator>(
            provider => new SeenActivator((IActivator)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!), reboot));
    }

    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => inner.InspectAsync(cancellationToken);

    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken) => inner.SetProfileAsync(system, cancellationToken);

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
        inner.FindInhibitorsAsync(system, cancellationToken);

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        inner.SwitchAsync(system, log, cancellationToken);

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) =>
        inner.StageAsync(system, log, cancellationToken);

    public Task RebootAsync(CancellationToken cancellationToken)
    {
        reboot();
        return Task.CompletedTask;
    }
}
