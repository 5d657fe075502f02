using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.History;

/// <summary><c>bento history</c>: who published what and when, and how each attempt ended.</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 50;

    public static Command Create(CliIo io)
    {
        var hosts = new Argument<string?>("hosts")
        {
            Description = "Which hosts, as for --on. Default: $NAME, else all.",
            HelpName = "HOSTS",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = new Option<int>("--limit")
        {
            Description = "How many lines at most; 0 for all.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultLimit,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--limit must not be negative.");
            }
        });
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("history", "Show who published what and when, and how each host's attempts ended.")
        {
            hosts,
            directory,
            limit,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            await SelectedHosts.ReadAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(hosts), cancellationToken),
            parsed.GetValue(json),
            parsed.GetValue(limit),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostSelector hosts, bool isJson, int limit, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var histories = await services.GetRequiredService<IFleetHistory>().ReadAsync(hosts, cancellationToken);
        if (isJson)
        {
            JsonOutput.Write(io.Out, HistoryDocument.Of(histories));
        }
        else
        {
            HistoryTable.Write(io, histories, limit == 0 ? int.MaxValue : limit);
        }

        foreach (var problem in histories.SelectMany(history => history.Problems.Select(problem => $"{history.Host}: {problem}")))
        {
            await io.Error.WriteLineAsync($"bento: {problem}");
        }

        return histories.Any(history => history.Problems.Count > 0) ? ExitCodes.HostFailed : ExitCodes.Success;
    }
}
