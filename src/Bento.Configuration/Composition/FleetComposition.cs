using Bento.Building;
using Bento.Configuration.Documents;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.PostgreSql;
using Bento.Protocol;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Configuration.Composition;

/// <summary>Turns what a <c>bento.json</c> says into a running Bento.</summary>
internal static class FleetComposition
{
    /// <summary>Applies settings, and has them checked when the application starts.</summary>
    /// <param name="bento">What they are applied to.</param>
    /// <param name="read">The settings.</param>
    /// <param name="bentoDirectory">The Bento directory, as an absolute path.</param>
    public static IBentoBuilder Apply(IBentoBuilder bento, ReadSettings<BentoFile> read, string bentoDirectory)
    {
        var file = read.Values;
        _ = bento.Services.Configure<BentoOptions>(options => Apply(file, bentoDirectory, options));
        _ = bento.ConfigureNix(options => SectionOptions.Apply(file.Nix, options))
            .ConfigureSigning(options => Apply(file.Signing, bentoDirectory, options));
        var isServer = file.Server is not null && !Transports.IsChosen(bento.Services);
        if (isServer && file.Server is { } server)
        {
            _ = bento.UseSftp(options => SectionOptions.Apply(server, bentoDirectory, options));
        }
        else if (file.Areas is { } areas)
        {
            _ = bento.Services.Configure<LocalDirectoryOptions>(options => SectionOptions.Apply(areas, bentoDirectory, options));
        }

        var isShared = file.Store is not null && !StatusStores.IsChosen(bento.Services);
        if (isShared && file.Store is { } store)
        {
            _ = bento.UsePostgreSql(options => SectionOptions.Apply(store, bentoDirectory, options));
        }

        SettingsValidator.Register<BentoFile, BentoOptions>(bento.Services, read, BentoFileRules.Problems(file),
        [
            file.Bootstrap is null
                ? OptionsCheck.Of<BentoOptions>(string.Empty).Derived("bootstrap", "server")
                : OptionsCheck.Of<BentoOptions>(string.Empty),
            OptionsCheck.Of<NixOptions>("nix"),
            OptionsCheck.Of<SigningOptions>("signing"),
            .. isShared ? [OptionsCheck.Of<PostgreSqlOptions>("store")] : Array.Empty<OptionsCheck>(),
            isServer ? OptionsCheck.Of<SftpOptions>("server") : OptionsCheck.Of<LocalDirectoryOptions>("areas"),
        ]);
        return bento;
    }

    private static void Apply(BentoFile file, string bentoDirectory, BentoOptions options)
    {
        options.Directory = bentoDirectory;
        options.Fleet = file.Fleet;
        options.Epoch = file.Epoch;
        options.Files = Enum.TryParse<ShippedFiles>(file.Files, ignoreCase: true, out var files) ? files : default;
        file.IgnoreAttributes.ForEach(options.IgnoreAttributes.Add);
        file.IgnoreDirectories.ForEach(options.IgnoreDirectories.Add);
        file.Share.ForEach(options.Share.Add);
        options.HostSecretsDirectory = file.HostSecretsDirectory;
        options.AllowLocalInputs = file.AllowLocalInputs;
        options.RequireClean = file.RequireClean;
        options.SystemDelivery = file.SystemDelivery;
        options.Layout = Enum.TryParse<FleetLayout>(file.Layout, ignoreCase: true, out var layout) ? layout : default;
        options.StateDirectory = file.StateDirectory is { } state ? SectionOptions.Absolute(state, bentoDirectory) : null;
        options.ReleaseLifetime = SettingTime.Days(file.ReleaseDays);
        options.KeptAttempts = file.KeepAttempts;
        options.Bootstrap = Bootstrap(file);
        options.Rollout = Rollout(file.Rollout);
        SectionOptions.Apply(file.Notify, bentoDirectory, options.Notify);
        foreach (var (name, section) in file.Hosts)
        {
            var host = new BentoHostOptions
            {
                Attribute = section.Attribute,
                EvaluateOnly = section.EvaluateOnly,
                Delivery = Enum.TryParse<Delivery>(section.Delivery, ignoreCase: true, out var delivery) ? delivery : null,
                SelfUpdate = section.SelfUpdate,
                Reboot = section.Reboot,
                RebootWindow = section.RebootWindow,
                SwitchWindow = section.SwitchWindow,
                HoldBack = new HoldBackOptions
                {
                    WhileLoggedIn = section.HoldBack.WhileLoggedIn,
                    AtMost = SettingTime.Hours(section.HoldBack.AtMostHours),
                },
                Rollback = section.Rollback,
                RetryRolledBack = section.RetryRolledBack,
                ConfirmTimeout = SettingTime.Seconds(section.ConfirmSeconds),
            };
            section.Tags.ForEach(host.Tags.Add);
            section.HoldBack.LockFiles.ForEach(host.HoldBack.LockFiles.Add);
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

    private static RolloutOptions? Rollout(RolloutSection? said)
    {
        if (said is null)
        {
            return null;
        }

        var options = new RolloutOptions
        {
            Budget = said.Budget,
            BudgetPercent = said.BudgetPercent,
            Soak = SettingTime.Minutes(said.SoakMinutes),
            AnswerTimeout = SettingTime.Minutes(said.AnswerMinutes),
            AbsentTimeout = SettingTime.Minutes(said.AbsentMinutes),
            UrgentBelow = said.UrgentBelow,
        };
        said.Waves.ForEach(wave => options.Waves.Add(
            new RolloutWaveOptions { Hosts = wave.Hosts, NeedsApproval = wave.NeedsApproval }));
        return options;
    }

    /// <summary>Hosts reach the server where the operator does, unless it is said otherwise. The script knows plain keys only.</summary>
    private static BootstrapOptions? Bootstrap(BentoFile file)
    {
        if ((file.Bootstrap ?? Reached(file.Server)) is not { } said)
        {
            return null;
        }

        var options = new BootstrapOptions { Host = said.Host, Port = said.Port };
        said.HostKeys.ForEach(options.HostKeys.Add);
        return options;
    }

    private static BootstrapSection? Reached(ServerSection? server) => server is null
        ? null
        : new BootstrapSection
        {
            Host = server.Host,
            Port = server.Port,
            HostKeys = [.. server.HostKeys.Where(key => SshPublicKey.TryParse(key, null, out _))],
        };

    private static void Apply(SigningSection signing, string bentoDirectory, SigningOptions options)
    {
        signing.Keys.ForEach(key => options.KeyFiles.Add(SectionOptions.Absolute(key, bentoDirectory)!));
        options.Threshold = signing.Threshold;
    }
}
