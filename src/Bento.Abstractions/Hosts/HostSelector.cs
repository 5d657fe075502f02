using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;
using System.Text.Json.Serialization;
using Bento.Json;

namespace Bento.Hosts;

/// <summary>
/// Which hosts an operation is about: <c>web-*</c>, <c>@lab</c>, <c>a,b</c> (or), <c>@lab+web-*</c> (and), <c>!old</c> (not).
/// </summary>
/// <remarks>
/// Terms are separated by commas, any of them selects. A term is one or more factors joined by <c>+</c>, all of which must match.
/// A factor is a glob over the host name (<c>*</c>, <c>?</c>) or <c>@</c> and a glob over its tags, and <c>!</c> before it turns it round.
/// A list in which every term is negated takes away from all hosts. Case matters. Immutable, thread-safe.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<HostSelector>))]
public sealed class HostSelector : IParsable<HostSelector>, IEquatable<HostSelector>
{
    private readonly string _text;
    private readonly IReadOnlyList<IReadOnlyList<Factor>> _terms;

    private HostSelector(string text, IReadOnlyList<IReadOnlyList<Factor>> terms)
    {
        _text = text;
        _terms = terms;
    }

    /// <summary>Selects every host.</summary>
    public static HostSelector All { get; } = Parse("*");

    /// <summary>Whether this is the selector of every host.</summary>
    public bool IsAll => _text == "*";

    /// <summary>Selects hosts by their names.</summary>
    /// <param name="hosts">The hosts; at least one.</param>
    /// <returns>The selector of these hosts and no others.</returns>
    /// <exception cref="ArgumentException">There is no host among them.</exception>
    public static HostSelector Of(params IEnumerable<HostName> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var names = string.Join(',', hosts);
        return names.Length > 0 ? Parse(names) : throw new ArgumentException("There is no host.", nameof(hosts));
    }

    /// <summary>Reads a selector.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="FormatException">A term is empty or holds a character that no host name, tag or glob has.</exception>
    public static HostSelector Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, provider, out var selector)
            ? selector
            : throw new FormatException(
                $"'{s}' selects no hosts: write names, globs (web-*), tags (@lab), ',' for or, '+' for and, '!' for not.");
    }

    /// <summary>Reads a selector without throwing.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The selector, or null.</param>
    /// <returns>Whether the text is a selector.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out HostSelector result)
    {
        result = null;
        if (string.IsNullOrWhiteSpace(s))
        {
            return false;
        }

        var terms = new List<IReadOnlyList<Factor>>();
        foreach (var term in s.Split(','))
        {
            var factors = new List<Factor>();
            foreach (var text in term.Split('+'))
            {
                if (Factor.TryParse(text.Trim()) is not { } factor)
                {
                    return false;
                }

                factors.Add(factor);
            }

            terms.Add(factors);
        }

        result = new HostSelector(s.Trim(), terms);
        return true;
    }

    /// <summary>Whether a host is selected.</summary>
    /// <param name="name">The name of the host.</param>
    /// <param name="tags">Its tags.</param>
    /// <returns>True when it is.</returns>
    public bool Matches(HostName name, IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return _terms.Where(IsNegation).All(IsMatch)
            && (_terms.All(IsNegation) || _terms.Any(term => !IsNegation(term) && IsMatch(term)));

        bool IsMatch(IReadOnlyList<Factor> term) => term.All(factor => factor.Matches(name, tags));
    }

    /// <summary>
    /// The names, globs and tags that match no host at all: each is probably a slip of the pen. A glob behind <c>!</c> may match nothing.
    /// </summary>
    /// <param name="hosts">All hosts.</param>
    /// <param name="tagsOf">The tags of a host.</param>
    /// <returns>Each once, as it was written but without <c>!</c>; none when every one matches a host.</returns>
    public IReadOnlyList<string> FindUnmatched(IReadOnlyCollection<HostName> hosts, Func<HostName, IReadOnlyList<string>> tagsOf)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(tagsOf);
        var names = hosts.Select(host => host.ToString()).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _terms.SelectMany(term => term)
                .Where(factor => !(factor.IsNegated && factor.IsGlob))
                .Select(factor => factor with { IsNegated = false })
                .Distinct()
                .Where(factor => factor is { IsTag: false, IsGlob: false }
                    ? !names.Contains(factor.Pattern)
                    : !hosts.Any(host => factor.Matches(host, tagsOf(host))))
                .Select(factor => factor.IsTag ? $"@{factor.Pattern}" : factor.Pattern),
        ];
    }

    /// <summary>The text that the selector was read from.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text;

    /// <summary>Whether both were read from the same text.</summary>
    /// <param name="other">The other selector.</param>
    /// <returns>Whether they are equal; two that select the same hosts by other words are not.</returns>
    public bool Equals(HostSelector? other) => _text == other?._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HostSelector);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    private static bool IsNegation(IReadOnlyList<Factor> term) => term is [{ IsNegated: true }];

    private sealed record Factor(string Pattern, bool IsTag, bool IsNegated)
    {
        public bool IsGlob => Pattern.AsSpan().ContainsAny('*', '?');

        public static Factor? TryParse(string text)
        {
            var negated = text.StartsWith('!');
            var rest = negated ? text[1..] : text;
            var tag = rest.StartsWith('@');
            var pattern = tag ? rest[1..] : rest;
            return pattern.Length > 0 && pattern.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '*' or '?')
                ? new Factor(pattern, tag, negated)
                : null;
        }

        public bool Matches(HostName name, IReadOnlyList<string> tags) =>
            IsNegated != (IsTag ? tags.Any(IsMatch) : IsMatch(name.ToString()));

        private bool IsMatch(string text) => FileSystemName.MatchesSimpleExpression(Pattern, text, ignoreCase: false);
    }
}
