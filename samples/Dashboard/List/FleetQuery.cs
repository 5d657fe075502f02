using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.List;

/// <summary>What of the fleet is shown. It is all in the address, so that a view can be sent to somebody.</summary>
public sealed record FleetQuery
{
    public const int PageSize = 50;
    public const string Attention = "attention";

    private const int MaxText = 100;
    private static readonly int[] Windows = [1, 7, 30];

    /// <summary>Letters of the name of a host, of its version or of its reason.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>A state as <see cref="StateWords"/> writes it in addresses, <see cref="Attention"/>, or nothing for all.</summary>
    public string State { get; init; } = string.Empty;

    public FleetOrder Order { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>Counted from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many days the charts show.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Whatever is wrong in an address is as if it were not there.</summary>
    public static FleetQuery Parse(IQueryCollection query) => new()
    {
        Text = query["q"].ToString() is { Length: <= MaxText } text ? text.Trim() : string.Empty,
        State = query["state"].ToString() is var state && (state == Attention || StateWords.Slugs.ContainsKey(state))
            ? state : string.Empty,
        Order = Enum.TryParse<FleetOrder>(query["sort"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : default,
        IsDescending = query["desc"] == "1",
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        Days = int.TryParse(query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Windows.Contains(days)
            ? days : 7,
    };

    /// <summary>The address of this view. What is as ever is left out.</summary>
    public string ToAddress(string path = "/")
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        Put("q", Text, string.Empty);
        Put("state", State, string.Empty);
        Put("sort", Order.ToString().ToLowerInvariant(), "state");
        Put("desc", IsDescending ? "1" : "0", "0");
        Put("days", Days.ToString(CultureInfo.InvariantCulture), "7");
        Put("page", Page.ToString(CultureInfo.InvariantCulture), "1");
        return QueryHelpers.AddQueryString(path, values);

        void Put(string name, string value, string usual)
        {
            if (value != usual)
            {
                values[name] = value;
            }
        }
    }
}
