using System.CommandLine;
using Bento.Administration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Reading;
using Bento.Hosts;

namespace Bento.Cli.Server;

/// <summary><c>bento server</c>: sets up the machine that serves the areas.</summary>
internal static class ServerCommand
{
    private const int DefaultHosts = 100;

    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var root = new Option<string?>("--root")
        {
            Description = "The directory that holds the areas. Default: areas.directory in bento.json.",
            HelpName = "DIR",
        };
        var group = new Option<string>("--group")
        {
            Description = "The system group of all hosts.",
            HelpName = "GROUP",
            DefaultValueFactory = _ => SshdConfiguration.DefaultGroup,
        };
        var hosts = new Option<int>("--hosts")
        {
            Description = "How many hosts may connect at the same time.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultHosts,
        };
        hosts.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, out var number) && number is > 0 and <= SshdConfiguration.MaxHosts))
            {
                result.AddError($"'{token.Value}' is not a number of hosts: give a number from 1 to {SshdConfiguration.MaxHosts}.");
            }
        });
        var command = new Command("sshd-config", "Print the sshd configuration that lets each host read its own area and nothing else.")
        {
            directory,
            root,
            group,
            hosts,
        };
        command.SetAction(
            (parsed, _) => PrintAsync(io, Root(io, parsed, parsed.GetValue(root)), parsed.GetValue(hosts), parsed.GetValue(group)!));
        return new Command("server", "Set up the machine that serves the areas.") { command };
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
            throw new InvalidFleetException([new FleetProblem(
                option,
                exception.Message.Replace($" (Parameter '{exception.ParamName}')", string.Empty, StringComparison.Ordinal))], exception);
        }
    }

    private static string Root(CliIo io, ParseResult parsed, string? root)
    {
        if (root is not null)
        {
            return root.Length == 0
                ? throw new InvalidFleetException([new FleetProblem("--root", "Expected a directory, not an empty text.")])
                : io.FullPath(root);
        }

        var bentoDirectory = DirectoryOption.Read(io, parsed);
        return Settings.ReadBento(io.Environment, bentoDirectory).OrThrow().Areas?.Directory is { } areas
            ? Path.GetFullPath(areas, bentoDirectory)
            : throw new InvalidFleetException(
                [new FleetProblem("--root", "bento.json has no areas.directory. Name the directory that holds the areas: --root DIR")]);
    }
}
