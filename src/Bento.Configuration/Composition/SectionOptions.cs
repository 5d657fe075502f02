using Bento.Building;
using Bento.Configuration.Documents;
using Bento.Hosts;
using Bento.PostgreSql;
using Bento.Sftp;
using Bento.Transport;

namespace Bento.Configuration.Composition;

/// <summary>Sections that both files have, as options.</summary>
internal static class SectionOptions
{
    public static void Apply(AreasSection areas, string directory, LocalDirectoryOptions options)
    {
        options.Directory = Absolute(areas.Directory, directory) ?? options.Directory;
        options.Ownership = areas.ToOwnership() ?? default;
    }

    public static void Apply(ServerSection server, string directory, SftpOptions options)
    {
        options.Host = server.Host;
        options.Port = server.Port;
        options.User = server.User;
        options.PrivateKeyFile = Absolute(server.PrivateKeyFile, directory)!;
        options.Directory = server.Directory;
        server.HostKeys.ForEach(options.HostKeys.Add);
        server.HostPrincipals.ForEach(options.HostPrincipals.Add);
    }

    public static void Apply(StoreSection store, string directory, PostgreSqlOptions options)
    {
        options.Connection = store.Connection ?? string.Empty;
        options.ConnectionFile = Absolute(store.ConnectionFile, directory);
        options.RetryFor = SettingTime.Seconds(store.RetrySeconds);
        options.Listen = store.Listen;
    }

    public static void Apply(NotifySection notify, string directory, NotifyOptions options)
    {
        foreach (var (index, said) in notify.Webhooks.Index())
        {
            options.Webhooks.Add(new WebhookOptions
            {
                Name = said.Name ?? $"webhook-{index + 1}",
                Url = said.Url,
                UrlFile = Absolute(said.UrlFile, directory),
                TokenFile = Absolute(said.TokenFile, directory),
            });
        }

        foreach (var (index, said) in notify.Commands.Index())
        {
            var command = new NotifyCommandOptions { Name = said.Name ?? $"command-{index + 1}" };
            said.Command.ForEach(command.Command.Add);
            options.Commands.Add(command);
        }
    }

    public static void Apply(NixSection nix, NixOptions options)
    {
        options.ProgramDirectory = nix.ProgramDirectory;
        options.MaxConcurrentEvaluations = nix.MaxConcurrentEvaluations ?? options.MaxConcurrentEvaluations;
        options.EvaluationMemory = nix.EvaluationMemory is { } mebibytes ? (long)mebibytes << 20 : options.EvaluationMemory;
        nix.ExtraArguments.ForEach(options.ExtraArguments.Add);
    }

    /// <summary>A path that may begin at a directory; where that is none, the rules say that it is not absolute.</summary>
    public static string? Absolute(string? path, string directory) =>
        path is null || !Path.IsPathFullyQualified(directory) ? path : Path.GetFullPath(path, directory);
}
