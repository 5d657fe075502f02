using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Transport;

namespace Bento.Cli.Server;

/// <summary><c>bento server</c>: what the machine that serves the areas needs.</summary>
internal static class ServerCommand
{
    private const int DefaultHosts = 100;

    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var root = new Option<string?>("--root") { Description = "The directory that holds the areas. Default: areas.directory of bento.json.", HelpName = "DIR" };
        var group = new Option<string>("--group")
        {
            Description = $"The system group that all hosts are in. Default: {SshdConfiguration.DefaultGroup}.",
            HelpName = "GROUP",
            DefaultValueFactory = _ => SshdConfiguration.DefaultGroup,
        };
        var hosts = new Option<int>("--hosts")
        {
            Description = $"How many hosts may log in at once. Default: {DefaultHosts}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultHosts,
        };
        hosts.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number is > 0 and <= SshdConfiguration.MaxHosts))
            {
                result.AddError($"'{token.Value}' is no number of hosts: give one from 1 to {SshdConfiguration.MaxHosts}.");
            }
        });
        var command = new Command("sshd-config", "Print what sshd must be told, so that each host reads its own area and can do nothing else.") { directory, root, group, hosts };
        command.SetAction((parsed, _) => PrintAsync(io, Root(io, parsed, parsed.GetValue(root)), parsed.GetValue(hosts), parsed.GetValue(group)!));
        return new Command("server", "What the machine that serves the areas needs.") { command };
    }

    private static async Task<int> PrintAsync(CliIo io, string root, int hosts, string group)
    {
        try
        {
            await io.Out.WriteAsync(new SshdConfiguration(root, hosts, group).ToString());
            return ExitCodes.Success;
        }
        catch (ArgumentException exception)
        {
            var option = exception.ParamName == "group" ? "--group" : "--root";
            throw new InvalidFleetException([new FleetProblem(option, exception.Message.Replace($" (Parameter '{exception.ParamName}')", string.Empty, StringComparison.Ordinal))], exception);
        }
    }

    private static string Root(CliIo io, ParseResult parsed, string? root)
    {
        if (root is not null)
        {
            return root.Length == 0 ? throw new InvalidFleetException([new FleetProblem("--root", "It is empty: say where the areas lie.")]) : io.FullPath(root);
        }

        var bentoDirectory = DirectoryOption.Read(io, parsed);
        return Settings.ReadBento(io, bentoDirectory).OrThrow().Areas?.Directory is { } areas
            ? Path.GetFullPath(areas, bentoDirectory)
            : throw new InvalidFleetException([new FleetProblem("--root", "Say where the areas lie: bento.json has no areas.directory.")]);
    }
}
