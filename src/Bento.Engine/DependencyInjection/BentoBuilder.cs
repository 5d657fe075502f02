using Microsoft.Extensions.DependencyInjection;

namespace Bento;

internal sealed class BentoBuilder(IServiceCollection services) : IBentoBuilder
{
    public IServiceCollection Services { get; } = services;
}
