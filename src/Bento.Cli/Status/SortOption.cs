using System.CommandLine;
using Bento.Cli.Options;

namespace Bento.Cli.Status;

/// <summary><c>--sort state</c>: an order of rows by its name.</summary>
internal static class SortOption
{
    public static Option<StatusOrder> Create()
    {
        var option = Parsed();
        option.CompletionSources.Add([.. Orders.Keys]);
        return option;
    }

    private static Option<StatusOrder> Parsed() => new("--sort")
    {
        Description = $"Sort the rows by: {string.Join(", ", Orders.Keys)}. Default: {Word(StatusOrder.Host)}.",
        HelpName = "ORDER",
        CustomParser = result =>
        {
            if (Orders.TryGetValue(result.Tokens[0].Value, out var order))
            {
                return order;
            }

            result.AddError(
                $"Cannot sort by '{result.Tokens[0].Value}'.{Suggestion.For(result.Tokens[0].Value, Orders.Keys)} Choose one of: "
                    + $"{string.Join(", ", Orders.Keys)}.");
            return default;
        },
    };

    private static Dictionary<string, StatusOrder> Orders { get; } = Enum.GetValues<StatusOrder>()
        .ToDictionary(Word, StringComparer.OrdinalIgnoreCase);

    private static string Word(StatusOrder order) => order.ToString().ToLowerInvariant();
}
