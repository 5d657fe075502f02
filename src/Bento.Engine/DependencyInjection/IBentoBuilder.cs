using Microsoft.Extensions.DependencyInjection;

namespace Bento;

/// <summary>
/// Adds parts to a Bento that is being put together. The extension methods of <see cref="BentoBuilderExtensions"/> are its vocabulary.
/// </summary>
public interface IBentoBuilder
{
    /// <summary>The services that Bento is added to.</summary>
    IServiceCollection Services { get; }
}
