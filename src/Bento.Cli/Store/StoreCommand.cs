using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Store;

/// <summary><c>bento store</c>: the tables of a status store in PostgreSQL, which nothing else makes or changes.</summary>
internal static class StoreCommand
{
    public static Command Create(CliIo io)
    {
        var export = new Command("export", "Print the script that makes the tables, for whoever applies it by hand.");
        export.SetAction(async (_, _) =>
        {
            await io.Out.WriteAsync(PostgreSqlSchema.Export());
            return ExitCodes.Success;
        });
        return new Command("store", "Look after the tables of a status store in PostgreSQL.")
        {
            OfFleet(io, "check", "Say whether the tables are those that this Bento works with. Changes nothing.", CheckAsync),
            OfFleet(io, "apply", "Make the tables, or bring them to the version that this Bento works with.", ApplyAsync),
            export,
        };
    }

    private static Command OfFleet(
        CliIo io, string name, string description, Func<CliIo, PostgreSqlSchema, CancellationToken, Task<int>> act)
    {
        var command = new Command(name, description) { DirectoryOption.Create() };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            var schema = services.GetService<PostgreSqlSchema>() ?? throw new InvalidFleetException(
                [new FleetProblem("store", "This fleet keeps its records in files. Say in bento.json where its PostgreSQL is.")]);
            return await act(io, schema, cancellationToken);
        });
        return command;
    }

    private static async Task<int> CheckAsync(CliIo io, PostgreSqlSchema schema, CancellationToken cancellationToken)
    {
        var state = await schema.CheckAsync(cancellationToken);
        await io.Out.WriteLineAsync(state switch
        {
            { IsCurrent: true } => $"{schema.Database}: version {state.Version}, as this Bento needs it.",
            { Version: 0 } => $"{schema.Database}: no tables yet. Next: bento store apply",
            _ when state.Version > state.Needed =>
                $"{schema.Database}: version {state.Version}, from a newer Bento; this one works with version {state.Needed}. Update it.",
            _ => $"{schema.Database}: version {state.Version}, and this Bento needs version {state.Needed}. Next: bento store apply",
        });
        return state.IsCurrent ? ExitCodes.Success : ExitCodes.Machine;
    }

    private static async Task<int> ApplyAsync(CliIo io, PostgreSqlSchema schema, CancellationToken cancellationToken)
    {
        var before = await schema.ApplyAsync(cancellationToken);
        await io.Out.WriteLineAsync(before.IsCurrent
            ? $"{schema.Database}: version {before.Needed} already."
            : $"{schema.Database}: version {before.Needed}.");
        return ExitCodes.Success;
    }
}
