using Bento;
using Bento.Administration;
using Bento.Agents;
using Bento.Building;
using Bento.Hosts;
using Bento.Resilience;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The parts that a Bento can be put together from.</summary>
public static class BentoBuilderExtensions
{
    /// <summary>Areas lie in a directory of this machine.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says where.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder UseLocalDirectory(this IBentoBuilder builder, Action<LocalDirectoryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.RemoveAll<ITransport>().RemoveAll<IHostAccounts>();
        builder.Services.AddLocalDirectory(configure).AddLocalAccounts();
        return builder;
    }

    /// <summary>Areas lie on an SFTP server. Connecting is tried again as <see cref="RetryOptions"/> say.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says which server, with which keys.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder UseSftp(this IBentoBuilder builder, Action<SftpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.RemoveAll<ITransport>().RemoveAll<IHostAccounts>();
        builder.Services.AddSftp(configure).AddRemoteAccounts();
        builder.Services.AddConnectRetries();
        return builder;
    }

    /// <summary>
    /// Adds another SFTP server that has the same areas, after <see cref="UseSftp"/>. An agent asks the servers in this order, each with a
    /// time of its own; one that is away, or offers what the host refuses, holds nothing back.
    /// </summary>
    /// <param name="builder">The builder of an agent: a publisher publishes to one server.</param>
    /// <param name="configure">Says which server, with which keys.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder AddSftpAlternative(this IBentoBuilder builder, Action<SftpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var count = builder.Services.Count(service => !service.IsKeyedService && service.ServiceType == typeof(ITransport));
        builder.Services.AddAlternative($"alternative {count}", configure);
        return builder;
    }

    /// <summary>Says where the Bento directory is, and what holds for its hosts.</summary>
    /// <param name="builder">The builder of <c>AddBento</c>.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder ConfigureFleet(this IBentoBuilder builder, Action<BentoOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Says which keys sign the releases of a fleet.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder ConfigureSigning(this IBentoBuilder builder, Action<SigningOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Says whose releases an agent takes. Without this it takes none.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder ConfigureTrust(this IBentoBuilder builder, Action<TrustOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        _ = builder.Services.Configure<AgentOptions>(options => configure(options.Trust));
        return builder;
    }

    /// <summary>Says how Nix is used.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder ConfigureNix(this IBentoBuilder builder, Action<NixOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Says how often connecting is tried again.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder ConfigureRetries(this IBentoBuilder builder, Action<RetryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        _ = builder.Services.Configure(configure);
        return builder;
    }
}
