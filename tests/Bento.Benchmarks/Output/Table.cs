using System.Globalization;

namespace Bento.Benchmarks.Output;

/// <summary>Prints a row when it is measured, in the table that the README shows.</summary>
internal static class Table
{
    public const string Head =
        """
        | work | Bento | compared with | | ratio | at most | |
        | --- | ---: | --- | ---: | ---: | ---: | --- |
        """;

    public static string Row(Measurement row)
    {
        var limit = row.Rival is null
            ? row.Quantity.Show(row.Limit)
            : string.Create(CultureInfo.InvariantCulture, $"{row.Limit:0.0#} x");
        var ratio = row.Ratio is { } given ? string.Create(CultureInfo.InvariantCulture, $"{given:0.00} x") : string.Empty;
        var theirs = row.Theirs is { } rival ? row.Quantity.Show(rival) : string.Empty;
        var note = row.Note.Length == 0 ? string.Empty : $"; {row.Note}";
        var verdict = row.IsHeld ? "held" : "**not held**";
        return $"| {row.Work} | {Unit(row)} | {row.Rival} | {theirs} | {ratio} | {limit} | {verdict}{note} |";
    }

    private static string Unit(Measurement row) => row.Quantity == Quantity.Seconds || row.Quantity == Quantity.Bytes
        ? row.Quantity.Show(row.Ours)
        : $"{row.Quantity.Show(row.Ours)} {(row.Quantity == Quantity.ProcessorSeconds ? "of a processor" : row.Quantity.Name)}";
}
