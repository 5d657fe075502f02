using Bento.Agents;
using Bento.Building;
using Bento.Configuration.Documents;
using Bento.Configuration.Reading;
using Bento.Sftp;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Configuration.Composition;

/// <summary>Turns what an <c>agent.json</c> says into a running agent.</summary>
internal static class AgentComposition
{
    /// <summary>Applies settings, and has them checked when the application starts.</summary>
    /// <param name="bento">What they are applied to.</param>
    /// <param name="read">The settings.</param>
    /// <param name="directory">The directory that relative paths begin at, as an absolute path.</param>
    /// <param name="acceptFirst">Whether the first key that a server shows is accepted where none is pinned.</param>
    public static IBentoBuilder Apply(IBentoBuilder bento, ReadSettings<AgentFile> read, string directory, bool acceptFirst)
    {
        var file = read.Values;
        var state = SectionOptions.Absolute(file.StateDirectory, directory) ?? new AgentOptions().StateDirectory;
        var accepted = file.Server is not null ? Path.Join(state, "accepted-host-key") : null;
        _ = bento.Services.Configure<AgentOptions>(options =>
        {
            Apply(file, directory, options);
            options.AcceptedHostKeyFile = file.Server is { HostKeys.Count: 0 } ? accepted : null;
        });
        _ = bento.ConfigureNix(options => SectionOptions.Apply(file.Nix, options))
            .ConfigureTrust(options => Apply(file.Trust, options));
        var isChosen = Transports.IsChosen(bento.Services);
        SettingsValidator.Register<AgentFile, AgentOptions>(bento.Services, read, AgentFileRules.Problems(file),
        [
            file.Secrets.IdentityFile is null
                ? OptionsCheck.Of<AgentOptions>(string.Empty).Derived("secrets.identityFile", "server.privateKeyFile")
                : OptionsCheck.Of<AgentOptions>(string.Empty),
            OptionsCheck.Of<NixOptions>("nix"),
            .. isChosen ? [] : ServerChecks(file),
        ]);
        if (isChosen)
        {
            return bento;
        }

        _ = file.Server is { } server
            ? bento.UseSftp(options =>
            {
                SectionOptions.Apply(server, directory, options);
                options.AcceptedHostKeyFile = accepted;
                options.AcceptFirstHostKey = acceptFirst && server.HostKeys.Count == 0;
            })
            : bento.UseLocalDirectory(options => SectionOptions.Apply(file.Areas ?? new AreasSection(), directory, options));
        foreach (var alternative in file.Alternatives)
        {
            _ = bento.AddSftpAlternative(options => SectionOptions.Apply(alternative, directory, options));
        }

        return bento;
    }

    private static IEnumerable<OptionsCheck> ServerChecks(AgentFile file) =>
    [
        .. file.Areas is null ? Array.Empty<OptionsCheck>() : [OptionsCheck.Of<LocalDirectoryOptions>("areas")],
        .. file.Server is null ? Array.Empty<OptionsCheck>() : [OptionsCheck.Of<SftpOptions>("server")],
        .. file.Alternatives.Select(
            (_, index) => OptionsCheck.Of<SftpOptions>($"alternatives[{index}]", $"alternative {index + 1}")),
    ];

    public static void Apply(AgentFile file, string directory, AgentOptions options)
    {
        options.Host = file.Host;
        options.Fleet = file.Fleet;
        options.Interval = SettingTime.Seconds(file.IntervalSeconds);
        options.PollInterval = SettingTime.Seconds(file.PollSeconds);
        options.SelfUpdateInterval = SettingTime.Hours(file.SelfUpdateHours);
        options.BuildTimeout = SettingTime.Hours(file.BuildHours);
        options.SwitchTimeout = SettingTime.Hours(file.SwitchHours);
        options.UseSystemd = file.UseSystemd;
        options.UseSubstituters = file.UseSubstituters;
        options.StateDirectory = SectionOptions.Absolute(file.StateDirectory, directory) ?? options.StateDirectory;
        options.SystemProfile = SectionOptions.Absolute(file.SystemProfile, directory) ?? options.SystemProfile;
        options.CurrentSystem = SectionOptions.Absolute(file.CurrentSystem, directory) ?? options.CurrentSystem;
        options.BootedSystem = SectionOptions.Absolute(file.BootedSystem, directory) ?? options.BootedSystem;
        options.SecretsDirectory = SectionOptions.Absolute(file.Secrets.Directory, directory) ?? options.SecretsDirectory;
        options.SecretsIdentityFile = SectionOptions.Absolute(file.Secrets.IdentityFile ?? file.Server?.PrivateKeyFile, directory)
            ?? options.SecretsIdentityFile;
    }

    private static void Apply(TrustSection trust, TrustOptions options)
    {
        trust.Keys.ForEach(options.TrustedKeys.Add);
        options.Threshold = trust.Threshold;
        options.Epoch = trust.Epoch;
        options.AllowUnsigned = trust.AllowUnsigned;
    }
}
