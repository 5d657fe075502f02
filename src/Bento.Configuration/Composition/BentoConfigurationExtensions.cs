using Bento;
using Bento.Agents;
using Bento.Configuration.Composition;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Puts Bento together from what was written down: a Bento directory, an <c>agent.json</c>, the settings of an application.
/// </summary>
/// <remarks>
/// Settings are checked when the application starts, or by <see cref="IStartupValidator"/>: an
/// <see cref="Bento.Hosts.InvalidFleetException"/> then says everything that is wrong in one round, each with the file and line, the
/// variable or the key where it stands. Code that is called later (<c>Configure</c>, <c>ConfigureSigning</c>) has the last word. A
/// transport that was registered before stays.
/// </remarks>
public static class BentoConfigurationExtensions
{
    /// <summary>
    /// Takes the settings of a Bento directory, as the program <c>bento</c> does: its <c>bento.json</c>, where it has one.
    /// </summary>
    /// <param name="builder">The builder of <c>AddBento</c>.</param>
    /// <param name="directory">The Bento directory; paths in its settings begin there.</param>
    /// <param name="environment">Variables that come before the file: <c>BENTO_AREAS__DIRECTORY</c>. Null for none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="Bento.Hosts.InvalidFleetException">
    /// There is no Bento directory, or its <c>bento.json</c> cannot be read.
    /// </exception>
    public static IBentoBuilder FromDirectory(
        this IBentoBuilder builder, string directory, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var path = Path.GetFullPath(directory);
        var variables = environment ?? NoVariables;
        var read = Settings.ReadBento(variables, path);
        _ = builder.Services.AddSingleton(new FleetSource(path, variables, read.Values))
            .AddSingleton(new FleetRemarks(read.Remarks))
            .AddSingleton<IHostSettings, HostSettings>()
            .AddSingleton<ISigningKeyring, SigningKeyring>();
        builder.Services.AddSingleton<IOptionsChangeTokenSource<Bento.Hosts.BentoOptions>>(
            _ => new FileChanges(Path.Join(path, Settings.BentoFileName)));
        return FleetComposition.Apply(builder, read, path);
    }

    /// <summary>Takes the settings of the application.</summary>
    /// <param name="builder">The builder of <c>AddBento</c>.</param>
    /// <param name="configuration">
    /// A section with the settings of <c>bento.json</c>, under the same names, and <c>directory</c>: the Bento directory, an absolute path.
    /// Paths begin there. The <c>bento.json</c> of that directory is not read.
    /// </param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder FromConfiguration(this IBentoBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<Bento.Hosts.BentoOptions>>(new SectionChanges(configuration));
        return FleetComposition.Apply(
            builder, Settings.ReadBento(configuration), configuration[Settings.DirectoryKey] ?? string.Empty);
    }

    /// <summary>Takes the settings of a host, as <c>bento agent</c> does.</summary>
    /// <param name="builder">The builder of <c>AddBentoAgent</c>.</param>
    /// <param name="file">An <c>agent.json</c>; paths in it begin at its directory.</param>
    /// <param name="environment">Variables that come before the file: <c>BENTO_AGENT_POLLSECONDS</c>. Null for none.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="Bento.Hosts.InvalidFleetException">The file cannot be read.</exception>
    public static IBentoBuilder FromAgentFile(
        this IBentoBuilder builder, string file, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(file);
        var path = Path.GetFullPath(file);
        _ = builder.Services.Configure<AgentOptions>(options => options.ConfigurationFile = path);
        return AgentComposition.Apply(
            builder, Settings.ReadAgent(environment ?? NoVariables, path), Path.GetDirectoryName(path)!, acceptFirst: false);
    }

    /// <summary>Adds what an operator needs, with the settings of the application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">What <see cref="FromConfiguration"/> takes.</param>
    /// <returns>A builder that takes other parts.</returns>
    public static IBentoBuilder AddBento(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddBento().FromConfiguration(configuration);
    }

    /// <summary>Adds what a host needs, with the settings of the application.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">A section with the settings of <c>agent.json</c>, under the same names. Paths are absolute.</param>
    /// <returns>A builder that takes other parts.</returns>
    public static IBentoBuilder AddBentoAgent(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return AgentComposition.Apply(
            services.AddBentoAgent(), Settings.ReadAgent(configuration), directory: string.Empty, acceptFirst: false);
    }

    private static IReadOnlyDictionary<string, string> NoVariables { get; } = new Dictionary<string, string>();
}
