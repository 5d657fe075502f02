using System.CommandLine;
using Bento.Building;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Inputs;

/// <summary><c>bento flake-update</c>: moves the inputs of all flakes to what is newest.</summary>
internal static class FlakeUpdateCommand
{
    public static Command Create(CliIo io)
    {
        var input = new Argument<string?>("INPUT")
        {
            Description = "The input to update, such as nixpkgs. Default: all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var directory = DirectoryOption.Create();
        var verbose = SharedOptions.Verbose();
        var json = SharedOptions.Json();
        var command = new Command("flake-update", "Update the lock files of the fleet's flakes, and show what changed.")
        {
            input,
            directory,
            verbose,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            parsed.GetValue(input),
            SharedOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, string? input, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var inputs = services.GetRequiredService<IFlakeInputs>();
        var directories = await FleetProgress.RunAsync(
            io, services, style, progress => inputs.UpdateAsync(input, progress, cancellationToken));
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, InputsDocument.Of(directories));
        }
        else
        {
            InputsRenderer.Write(io, directories);
        }

        InputsRenderer.WriteFailures(io.Error, directories);
        return directories.All(flake => flake.Failure is null) ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
