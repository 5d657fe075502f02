using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Notify;

/// <summary><c>bento notify</c>: tells webhooks and programs which hosts need somebody, and which do not any more. For a timer.</summary>
internal static class NotifyCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var command = new Command(
            "notify", "Tell webhooks and programs what changed since they were last told: hosts that need attention, or are well again.")
        {
            directory,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(io, DirectoryOption.Read(io, parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var results = await services.GetRequiredService<INotifier>().TellAsync(cancellationToken);
        if (results.Count == 0)
        {
            throw new InvalidFleetException([
                new FleetProblem("bento.json", "Nobody is to be told: add notify.webhooks or notify.commands."),
            ]);
        }

        foreach (var result in results)
        {
            await (result.Failure is null ? io.Out : io.Error).WriteLineAsync(result switch
            {
                { Failure: { } failure } =>
                    $"error: {PlainLine.Of(result.Channel)}: {PlainLine.Of(failure.Message)} It is told again the next time.",
                { Changes: 0 } => $"{PlainLine.Of(result.Channel)}: nothing new",
                _ => $"{PlainLine.Of(result.Channel)}: told about {Plural.Of(result.Changes, "host")}",
            });
        }

        return results.All(result => result.Failure is null) ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
