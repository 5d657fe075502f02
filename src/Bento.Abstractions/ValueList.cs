using System.Collections;

namespace Bento;

/// <summary>Makes the lists that records hold.</summary>
internal static class ValueList
{
    /// <summary>A copy that nobody changes any more, and that is equal to another one with the same elements in the same order.</summary>
    /// <remarks>
    /// None makes an empty one: generated readers of JSON give null for an init-only member that the text lacks, as one of an older
    /// version lacks a member that came later.
    /// </remarks>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T>? items) => items switch
    {
        null => ValueList<T>.Empty,
        ValueList<T> => items,
        _ => new ValueList<T>([.. items]),
    };
}

/// <summary>A list that compares by value, so that the record that holds it does.</summary>
internal sealed class ValueList<T>(T[] items) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    public static readonly ValueList<T> Empty = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", items)}]";

    private ReadOnlySpan<T> AsSpan() => items;
}
