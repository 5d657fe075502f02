using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Show;

/// <summary><c>bento show</c>: everything about one host on one screen.</summary>
internal static class ShowCommand
{
    public static Command Create(CliIo io)
    {
        var host = HostArgument.Create();
        var directory = DirectoryOption.Create();
        var verbose = SharedOptions.Verbose();
        verbose.Description = "Show every package that differs, and the whole past.";
        var command = new Command("show", "Show everything about one host: its state, what it should run and runs, its rules and its past.")
        {
            host,
            directory,
            verbose,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(host), parsed.GetValue(verbose), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostName host, bool isVerbose, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var one = HostSelector.Of(host);
        var status = (await services.GetRequiredService<IFleetStatus>().ReadAsync(one, cancellationToken)).Single();
        status = (await WaveRemarks.AddAsync(services, [status], cancellationToken)).Single();
        var history = (await services.GetRequiredService<IFleetHistory>().ReadAsync(one, cancellationToken)).Single();
        var difference = status is { Expected: { } expected, Running: { } running } && expected != running
            ? (await services.GetRequiredService<IFleetDifference>().ReadAsync(one, cancellationToken)).SingleOrDefault()
            : null;
        HostSheet.Write(io, status, history, difference, services.GetRequiredService<TimeProvider>().GetUtcNow(), isVerbose);
        return ExitCodes.Success;
    }
}
