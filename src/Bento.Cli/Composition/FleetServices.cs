using Bento.Building;
using Bento.Cli.Configuration;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Cli.Composition;

/// <summary>Turns what was configured into a running Bento.</summary>
internal static class FleetServices
{
    /// <summary>What an operator needs.</summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider Create(CliIo io, string bentoDirectory) => Create(io, bentoDirectory, _ => { });

    /// <summary>What an operator needs who also changes this machine: where it has an agent, what that knows of the machine holds here too.</summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider CreateWithMachine(CliIo io, string bentoDirectory, string agentFile) => Create(io, bentoDirectory, services =>
    {
        if (Path.Exists(agentFile))
        {
            var agent = Settings.ReadAgent(io, agentFile).OrThrow();
            _ = services.Configure<Agents.AgentOptions>(options => Apply(agent, Path.GetDirectoryName(agentFile)!, options));
        }
    });

    private static ServiceProvider Create(CliIo io, string bentoDirectory, Action<IServiceCollection> more)
    {
        var read = Settings.ReadBento(io, bentoDirectory);
        var file = read.Values;
        var services = new ServiceCollection();
        var bento = services.AddBento(options => Apply(file, bentoDirectory, options))
            .ConfigureNix(options => Apply(file.Nix, options))
            .ConfigureSigning(options => Apply(file.Signing, bentoDirectory, options));
        if (file.Server is { } server)
        {
            _ = bento.UseSftp(options => Apply(server, bentoDirectory, options));
        }
        else
        {
            _ = bento.UseLocalDirectory(options => Apply(file.Areas ?? new AreasSection(), bentoDirectory, options));
        }

        var lines = new ConnectionLines(io.Error);
        _ = services.AddSingleton(lines).AddSingleton<IProgress<ConnectionWait>>(lines);
        more(services);
        return Validated(services, read, BentoFileRules.Problems(file));
    }

    /// <summary>What a host needs.</summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider CreateAgent(CliIo io, string path, bool acceptFirst = false)
    {
        var read = Settings.ReadAgent(io, path);
        var file = read.Values;
        var directory = Path.GetDirectoryName(io.FullPath(path))!;
        var services = new ServiceCollection();
        var accepted = file.Server is not null ? Path.Join(Absolute(file.StateDirectory, directory) ?? new Agents.AgentOptions().StateDirectory, "accepted-host-key") : null;
        var bento = services.AddBentoAgent(options =>
            {
                Apply(file, directory, options);
                options.AcceptedHostKeyFile = file.Server is { HostKeys.Count: 0 } ? accepted : null;
            })
            .ConfigureNix(options => Apply(file.Nix, options))
            .ConfigureTrust(options => Apply(file.Trust, options));
        _ = file.Server is { } server
            ? bento.UseSftp(options =>
            {
                Apply(server, directory, options);
                options.AcceptedHostKeyFile = accepted;
                options.AcceptFirstHostKey = acceptFirst && server.HostKeys.Count == 0;
            })
            : bento.UseLocalDirectory(options => Apply(file.Areas ?? new AreasSection(), directory, options));
        foreach (var alternative in file.Alternatives)
        {
            _ = bento.AddSftpAlternative(options => Apply(alternative, directory, options));
        }

        return Validated(services, read, AgentFileRules.Problems(file));
    }

    /// <summary>Everything that is wrong is said at once: what the schema, the rules of a file and those of the library find.</summary>
    private static ServiceProvider Validated<T>(ServiceCollection services, ReadSettings<T> read, IEnumerable<string> ruled)
    {
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var failures = Failures(provider);
        return read.With([.. ruled, .. failures]) is { Count: > 0 } problems ? throw Disposed(provider, problems) : provider;
    }

    private static IReadOnlyList<string> Failures(ServiceProvider provider)
    {
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
        {
            return [.. exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(failure => failure.Failures)];
        }
    }

    private static InvalidFleetException Disposed(ServiceProvider provider, IReadOnlyList<FleetProblem> problems)
    {
        provider.Dispose();
        return new InvalidFleetException(problems);
    }

    private static void Apply(BentoFile file, string bentoDirectory, BentoOptions options)
    {
        options.Directory = bentoDirectory;
        options.Fleet = file.Fleet;
        options.Epoch = file.Epoch;
        options.Layout = Enum.TryParse<FleetLayout>(file.Layout, ignoreCase: true, out var layout) ? layout : default;
        options.StateDirectory = file.StateDirectory is { } state ? Path.GetFullPath(state, bentoDirectory) : null;
        options.ReleaseLifetime = SettingTime.Days(file.ReleaseDays);
        options.KeptAttempts = file.KeepAttempts;
        options.Bootstrap = Bootstrap(file);
        foreach (var (name, section) in file.Hosts)
        {
            var host = new BentoHostOptions
            {
                EvaluateOnly = section.EvaluateOnly,
                SelfUpdate = section.SelfUpdate,
                Reboot = section.Reboot,
                RebootWindow = section.RebootWindow,
                Rollback = section.Rollback,
                ConfirmTimeout = SettingTime.Seconds(section.ConfirmSeconds),
            };
            section.Tags.ForEach(host.Tags.Add);
            host.PublicKey = section.PublicKey;
            foreach (var (path, secret) in section.Secrets)
            {
                host.Secrets[path] = new SecretOptions { Owner = secret.Owner, Group = secret.Group, Mode = secret.Mode };
            }

            foreach (var check in section.HealthChecks.Select(check => check.ToHealthCheck()).OfType<HealthCheck>())
            {
                host.HealthChecks.Add(check);
            }

            options.Hosts[name] = host;
        }
    }

    /// <summary>Hosts reach the server where the operator does, unless it is said otherwise. The script knows plain keys only.</summary>
    private static BootstrapOptions? Bootstrap(BentoFile file)
    {
        var said = file.Bootstrap ?? (file.Server is { } server ? new BootstrapSection { Host = server.Host, Port = server.Port, HostKeys = [.. server.HostKeys.Where(key => SshPublicKey.TryParse(key, null, out _))] } : null);
        if (said is null)
        {
            return null;
        }

        var options = new BootstrapOptions { Host = said.Host, Port = said.Port };
        said.HostKeys.ForEach(options.HostKeys.Add);
        return options;
    }

    private static void Apply(AgentFile file, string directory, Agents.AgentOptions options)
    {
        options.Host = file.Host;
        options.Fleet = file.Fleet;
        options.Interval = SettingTime.Seconds(file.IntervalSeconds);
        options.PollInterval = SettingTime.Seconds(file.PollSeconds);
        options.SelfUpdateInterval = SettingTime.Hours(file.SelfUpdateHours);
        options.BuildTimeout = SettingTime.Hours(file.BuildHours);
        options.SwitchTimeout = SettingTime.Hours(file.SwitchHours);
        options.UseSystemd = file.UseSystemd;
        options.StateDirectory = Absolute(file.StateDirectory, directory) ?? options.StateDirectory;
        options.SystemProfile = Absolute(file.SystemProfile, directory) ?? options.SystemProfile;
        options.CurrentSystem = Absolute(file.CurrentSystem, directory) ?? options.CurrentSystem;
        options.BootedSystem = Absolute(file.BootedSystem, directory) ?? options.BootedSystem;
        options.SecretsDirectory = Absolute(file.Secrets.Directory, directory) ?? options.SecretsDirectory;
        options.SecretsIdentityFile = Absolute(file.Secrets.IdentityFile ?? file.Server?.PrivateKeyFile, directory) ?? options.SecretsIdentityFile;
    }

    private static void Apply(SigningSection signing, string bentoDirectory, SigningOptions options)
    {
        signing.Keys.ForEach(key => options.KeyFiles.Add(Path.GetFullPath(key, bentoDirectory)));
        options.Threshold = signing.Threshold;
    }

    private static void Apply(TrustSection trust, TrustOptions options)
    {
        trust.Keys.ForEach(options.TrustedKeys.Add);
        options.Threshold = trust.Threshold;
        options.Epoch = trust.Epoch;
        options.AllowUnsigned = trust.AllowUnsigned;
    }

    private static void Apply(AreasSection areas, string directory, LocalDirectoryOptions options)
    {
        options.Directory = Absolute(areas.Directory, directory) ?? options.Directory;
        options.Ownership = areas.ToOwnership() ?? default;
    }

    private static void Apply(ServerSection server, string directory, SftpOptions options)
    {
        options.Host = server.Host;
        options.Port = server.Port;
        options.User = server.User;
        options.PrivateKeyFile = Path.GetFullPath(server.PrivateKeyFile, directory);
        options.Directory = server.Directory;
        server.HostKeys.ForEach(options.HostKeys.Add);
        server.HostPrincipals.ForEach(options.HostPrincipals.Add);
    }

    private static void Apply(NixSection nix, NixOptions options)
    {
        options.ProgramDirectory = nix.ProgramDirectory;
        options.MaxConcurrentEvaluations = nix.MaxConcurrentEvaluations ?? options.MaxConcurrentEvaluations;
        options.EvaluationMemory = nix.EvaluationMemory is { } mebibytes ? (long)mebibytes << 20 : options.EvaluationMemory;
        nix.ExtraArguments.ForEach(options.ExtraArguments.Add);
    }

    private static string? Absolute(string? path, string directory) => path is null ? null : Path.GetFullPath(path, directory);
}
