using System.Reflection;
using Bento.Agents;
using Bento.Building;
using Bento.Status;
using Bento.Testing.Agents;
using Bento.Testing.Building;
using Bento.Testing.Status;
using Bento.Testing.Transport;
using Bento.Testing.Trust;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Testing;

/// <summary>
/// Fails when a part of Bento has no suite in this test project. Derive once, and name the assemblies that hold parts; each suite says by
/// <see cref="CoversAttribute"/> which one it runs on.
/// </summary>
public abstract class ContractCoverage
{
    private static readonly Dictionary<Type, Type> SuiteOf = new()
    {
        [typeof(ITransport)] = typeof(AreaContract),
        [typeof(IStatusStore)] = typeof(StatusStoreContract),
        [typeof(ISystemBuilder)] = typeof(SystemBuilderContract),
        [typeof(IActivator)] = typeof(ActivatorContract),
        [typeof(IReleaseSigner)] = typeof(ReleaseSignerContract),
    };

    /// <summary>The assemblies whose parts must have suites.</summary>
    protected abstract IEnumerable<Assembly> Assemblies { get; }

    /// <summary>Parts that need no suite, each with the reason.</summary>
    /// <value>Default: none.</value>
    protected virtual IReadOnlyDictionary<Type, string> Exceptions { get; } = new Dictionary<Type, string>();

    [Fact]
    public void Every_part_has_its_suite() => None(
        FindMissing(Assemblies.SelectMany(assembly => assembly.GetTypes()).Except(Exceptions.Keys), GetType().Assembly.GetTypes()));

    [Fact]
    public void No_exception_is_made_for_what_has_a_suite_or_is_no_part() => None(
        Exceptions.Keys.Where(type => !FindMissing([type], GetType().Assembly.GetTypes()).Any())
            .Select(type => $"{type.FullName} is an exception without need."));

    /// <summary>Looks for parts without a suite. A private class of another class is the affair of that one.</summary>
    /// <param name="types">Classes, parts of Bento or not.</param>
    /// <param name="tests">The classes of a test project.</param>
    /// <returns>A sentence for each part and each contract of which no suite says that it covers it.</returns>
    public static IEnumerable<string> FindMissing(IEnumerable<Type> types, IEnumerable<Type> tests)
    {
        var suites = tests
            .Where(test => test is { IsAbstract: false, IsVisible: true } && test.GetCustomAttribute<CoversAttribute>() is not null)
            .Select(test => (Suite: test, test.GetCustomAttribute<CoversAttribute>()!.Part))
            .ToList();
        return from type in types
               where type is { IsClass: true, IsAbstract: false, IsNestedPrivate: false }
               from contract in SuiteOf
               where contract.Key.IsAssignableFrom(type)
                   && !suites.Exists(suite => suite.Part == type && contract.Value.IsAssignableFrom(suite.Suite))
               select $"{type.FullName} has no suite: derive a class from {contract.Value.Name} with [Covers(typeof({type.Name}))].";
    }

    /// <summary>Says all of them whole.</summary>
    private static void None(IEnumerable<string> problems)
    {
        if (problems.ToList() is { Count: > 0 } found)
        {
            Assert.Fail(string.Join('\n', found));
        }
    }
}
