namespace Bento.Validation;

/// <summary>What is wrong with one property of options.</summary>
/// <param name="Property">The way to it from the options: <c>KeptAttempts</c>, <c>Hosts[web].Tags[0]</c>.</param>
/// <param name="Message">What is wrong, as a sentence that does not name the property.</param>
public sealed record OptionsProblem(string Property, string Message)
{
    /// <summary>The same problem, seen from the options that hold these.</summary>
    internal OptionsProblem Below(string property) => this with { Property = Property.Length == 0 ? property : $"{property}.{Property}" };
}
