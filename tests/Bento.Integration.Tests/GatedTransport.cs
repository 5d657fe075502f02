using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Integration.Tests;

/// <summary>A transport in front of a real one, which can be reached only while a test says so.</summary>
internal sealed class GatedTransport(ITransport inner, Func<bool> isReachable) : ITransport
{
    public static void PutBefore(IServiceCollection services, Func<bool> isReachable)
    {
        var inner = services.Last(service => service.ServiceType == typeof(ITransport));
        _ = services.RemoveAll<ITransport>();
        _ = services.AddSingleton<ITransport>(provider => new GatedTransport(
            (ITransport)(inner.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)), isReachable));
    }

    public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => isReachable()
        ? inner.ConnectAsync(cancellationToken)
        : throw new TransportException(TransportFailure.Unreachable, "The test says that the server is away.");
}
