using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Bento.Hosts;
using Bento.Json;

namespace Bento.Rollouts;

/// <summary>
/// Which hosts a wave takes: <c>5</c> hosts, <c>10%</c> of the hosts of the rollout, or those of a selector (<c>@canary</c>).
/// </summary>
/// <remarks>Immutable, thread-safe. A selector that is a number, such as a host called <c>5</c>, cannot be written.</remarks>
[JsonConverter(typeof(TextJsonConverter<WaveSize>))]
public sealed class WaveSize : IParsable<WaveSize>, IEquatable<WaveSize>
{
    private const int MaxPercent = 100;

    private WaveSize()
    {
    }

    /// <summary>How many hosts, at least 1; null when it is a share or a selector.</summary>
    public int? Count { get; private init; }

    /// <summary>The share of all hosts of the rollout, from 1 to 100; null when it is a number or a selector.</summary>
    public int? Percent { get; private init; }

    /// <summary>The hosts by selector; null when it is a number or a share.</summary>
    public HostSelector? Hosts { get; private init; }

    /// <summary>Reads a size.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The size.</returns>
    /// <exception cref="FormatException">It is neither a number above zero, nor a percentage up to 100, nor a selector.</exception>
    public static WaveSize Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var size)
            ? size
            : throw new FormatException($"'{s}' is not a wave: give a number of hosts (5), a share (10%) or a selector (@canary).");
    }

    /// <summary>Reads a size without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The size, or null.</param>
    /// <returns>Whether the text is a size.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out WaveSize result)
    {
        var text = s?.Trim() ?? string.Empty;
        var number = text.TrimEnd('%');
        result = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (text.Length - number.Length) switch
            {
                0 when count > 0 => new WaveSize { Count = count },
                1 when count is > 0 and <= MaxPercent => new WaveSize { Percent = count },
                _ => null,
            }
            : !number.All(char.IsAsciiDigit) && HostSelector.TryParse(text, null, out var hosts) ? new WaveSize { Hosts = hosts } : null;
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Count, Percent) switch
    {
        ({ } count, _) => count.ToString(CultureInfo.InvariantCulture),
        (_, { } percent) => string.Create(CultureInfo.InvariantCulture, $"{percent}%"),
        _ => Hosts!.ToString(),
    };

    /// <inheritdoc/>
    public bool Equals(WaveSize? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WaveSize);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
