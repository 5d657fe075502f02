using System.Reflection;

namespace Bento.Testing;

/// <summary>Says which part of Bento a contract suite runs on, so that <see cref="ContractCoverage"/> sees which one has none.</summary>
/// <param name="part">The class that implements the part.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CoversAttribute(Type part) : Attribute
{
    /// <summary>The class that implements the part.</summary>
    public Type Part { get; } = part;

    /// <summary>A suite that says more than is true would hide that another is missing.</summary>
    internal static void Check(object suite, object part) => Assert.True(
        suite.GetType().GetCustomAttribute<CoversAttribute>() is not { } covers || covers.Part.IsInstanceOfType(part),
        $"{suite.GetType().Name} says that it covers another part than {part.GetType()}, on which it runs.");
}
