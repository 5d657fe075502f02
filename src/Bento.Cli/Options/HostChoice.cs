using System.CommandLine;
using Bento.Cli.Terminal;
using Bento.Configuration.Reading;
using Bento.Hosts;

namespace Bento.Cli.Options;

/// <summary>Which hosts a command changes: <c>--on</c>, else <c>$NAME</c>, else all; and bento.json can want that all is said.</summary>
internal sealed class HostChoice
{
    private readonly Option<string?> _on = SharedOptions.On();
    private readonly Option<bool> _all = new("--all") { Description = "Every host. Only needed when bento.json sets requireAll." };

    public HostChoice() => _all.Validators.Add(result =>
    {
        if (result.GetValue(_all) && result.GetResult(_on) is not null)
        {
            result.AddError("--all and --on exclude each other.");
        }
    });

    public Option<string?> On => _on;

    public Option<bool> All => _all;

    /// <exception cref="InvalidFleetException">The text is not a selector, or nothing is said and something must be.</exception>
    public async Task<HostSelector> ReadAsync(
        CliIo io, ParseResult parsed, string bentoDirectory, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_all))
        {
            return HostSelector.All;
        }

        var isSaid = parsed.GetValue(_on) is not null || io.Variable("NAME") is not null;

        // What else is wrong with the settings is said when they are used.
        return isSaid || !Settings.ReadBento(io.Environment, bentoDirectory).Values.RequireAll
            ? await SelectedHosts.ReadAsync(io, bentoDirectory, parsed.GetValue(_on), cancellationToken)
            : throw new InvalidFleetException(
                [new FleetProblem("--on", "bento.json sets requireAll, so hosts must be named: --on HOSTS, or --all for every host.")]);
    }
}
