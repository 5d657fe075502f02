using Bento.Cli.Composition;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Options;

/// <summary>Which hosts somebody said: in an option, else in <c>$NAME</c>, else all.</summary>
internal static class SelectedHosts
{
    /// <param name="io">Has the variable.</param>
    /// <param name="bentoDirectory">Whose hosts are looked at when they are selected by their state.</param>
    /// <param name="on">What the option says; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidFleetException">The text is not a selector, or selects by state and no host is in it.</exception>
    public static async Task<HostSelector> ReadAsync(CliIo io, string bentoDirectory, string? on, CancellationToken cancellationToken)
    {
        if ((on ?? io.Variable("NAME")) is not { } text)
        {
            return HostSelector.All;
        }

        var origin = on is null ? "$NAME" : "--on";
        try
        {
            return HostSelector.Parse(
                StateFactors.Has(text) ? await ExpandAsync(io, bentoDirectory, text, origin, cancellationToken) : text);
        }
        catch (FormatException exception)
        {
            throw new InvalidFleetException([new FleetProblem(origin, exception.Message)], exception);
        }
    }

    private static async Task<string> ExpandAsync(
        CliIo io, string bentoDirectory, string text, string origin, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, bentoDirectory);
        var statuses = await services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, cancellationToken);
        return StateFactors.Expand(text, statuses, origin);
    }
}
