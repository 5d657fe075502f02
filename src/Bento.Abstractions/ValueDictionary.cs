using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Bento;

/// <summary>Makes the dictionaries that records hold.</summary>
internal static class ValueDictionary
{
    /// <summary>A copy that nobody changes any more, and that is equal to another one with the same entries.</summary>
    public static IReadOnlyDictionary<TKey, TValue> Of<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> entries)
        where TKey : notnull =>
        entries is ValueDictionary<TKey, TValue> ? entries : new ValueDictionary<TKey, TValue>(new Dictionary<TKey, TValue>(entries));
}

/// <summary>A dictionary that compares by value, so that the record that holds it does.</summary>
internal sealed class ValueDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
    : IReadOnlyDictionary<TKey, TValue>, IEquatable<ValueDictionary<TKey, TValue>>
    where TKey : notnull
{
    public int Count => entries.Count;

    public IEnumerable<TKey> Keys => entries.Keys;

    public IEnumerable<TValue> Values => entries.Values;

    public TValue this[TKey key] => entries[key];

    public bool ContainsKey(TKey key) => entries.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ValueDictionary<TKey, TValue>? other) =>
        other is not null
            && entries.Count == other.Count
            && entries.All(entry =>
                other.TryGetValue(entry.Key, out var value) && EqualityComparer<TValue>.Default.Equals(entry.Value, value));

    public override bool Equals(object? obj) => Equals(obj as ValueDictionary<TKey, TValue>);

    /// <summary>The same whatever order the entries were added in.</summary>
    public override int GetHashCode() => entries.Aggregate(entries.Count, (hash, entry) => hash ^ HashCode.Combine(entry.Key, entry.Value));
}
