using System.Reflection;
using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.PublicApi.Tests;

/// <summary>The rules of the house that a reader of the public surface relies on. Each failure lists all offenders.</summary>
public sealed class ApiRulesTests
{
    private static readonly HashSet<Type> AbstractOnPurpose =
        [typeof(BentoException), typeof(FleetEvent), typeof(Agents.AgentEvent), typeof(Status.FleetChange), typeof(HealthCheck)];

    [Fact]
    public void Every_public_class_is_sealed_static_or_abstract_on_purpose() => NoOffenders(
        Libraries.ExportedTypes.Where(type => type.IsClass && !type.IsSealed && !AbstractOnPurpose.Contains(type)));

    /// <summary>A member more would break whoever creates one.</summary>
    [Fact]
    public void No_public_record_takes_more_than_two_members_by_position() => NoOffenders(
        Libraries.ExportedTypes
            .Where(type => type.IsClass)
            .Where(type => type.GetMethods().Any(method => method.Name == "Deconstruct" && method.GetParameters().Length > 2)));

    /// <summary>Two reports that say the same are equal, and nobody changes one that was given to somebody else.</summary>
    [Fact]
    public void Whatever_a_public_record_holds_compares_by_value() => NoOffenders(
        Libraries.ExportedTypes
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is not null)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.PropertyType.IsGenericType && !ComparesByValue(type, property))
                .Select(property => $"{type}.{property.Name}")));

    [Fact]
    public void Every_public_method_can_be_called_without_a_token() => NoOffenders(
        Libraries.ExportedTypes
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [.., { IsOptional: false } last] && last.ParameterType == typeof(CancellationToken))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Fact]
    public void Every_internal_class_of_the_engine_is_sealed() => NoOffenders(
        Libraries.Load(Libraries.Engine).GetTypes().Where(type =>
            type is { IsClass: true, IsSealed: false, IsAbstract: false, IsVisible: false } && !IsGenerated(type)));

    [Fact]
    public void Every_public_method_that_gives_a_task_ends_in_Async_and_takes_a_token_last() => NoOffenders(
        Libraries.ExportedTypes
            .SelectMany(
                type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => IsAwaitable(method.ReturnType))
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync))
            .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal)
                || method.GetParameters() is not [.., { ParameterType: var last }]
                || last != typeof(CancellationToken))
            .Select(method => $"{method.DeclaringType}.{method.Name}"));

    [Fact]
    public void No_public_signature_mentions_a_package_that_only_the_engine_uses() => NoOffenders(
        Libraries.ExportedTypes
            .SelectMany(
                type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(member => TypesOf(member).Select(type => (member, type)))
            .Where(pair => pair.type.Assembly.GetName().Name is { } name
                && (name is "Renci.SshNet" or "BouncyCastle.Cryptography" or "CliWrap"
                    || name.StartsWith("Polly", StringComparison.Ordinal)))
            .Select(pair => $"{pair.member.DeclaringType}.{pair.member.Name}: {pair.type}"));

    [Fact]
    public void The_abstractions_reference_nothing_but_the_framework() => NoOffenders(
        Libraries.Load(Libraries.Abstractions).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not "netstandard"));

    [Fact]
    public void Every_failure_is_a_sealed_leaf_that_keeps_its_cause() => NoOffenders(
        Libraries.ExportedTypes
            .Where(type => type.IsSubclassOf(typeof(BentoException)))
            .Where(type => !type.IsSealed || !type.GetConstructors()
                .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(Exception)))));

    [Fact]
    public void No_public_type_hides_in_an_internal_namespace() => NoOffenders(
        Libraries.ExportedTypes.Where(type => type.Namespace?.Contains("Internal", StringComparison.Ordinal) is true));

    private static bool ComparesByValue(Type type, PropertyInfo property)
    {
        var definition = property.PropertyType.GetGenericTypeDefinition();
        return property.GetSetMethod(nonPublic: true) is null
            || definition == typeof(Nullable<>)
            || definition.Name.StartsWith("Func", StringComparison.Ordinal)
            || (definition == typeof(IReadOnlyList<>) && Equals(Kept(type, property, List), Kept(type, property, List)))
            || (definition == typeof(IReadOnlyDictionary<,>) && Equals(Kept(type, property, Empty), Kept(type, property, Empty)));

        static object List(Type property) => Array.CreateInstance(property.GetGenericArguments()[0], 1);
        static object Empty(Type property) =>
            Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(property.GetGenericArguments()))!;
    }

    /// <summary>What the property gives back of what it was given.</summary>
    private static object? Kept(Type type, PropertyInfo property, Func<Type, object> make)
    {
        var instance = RuntimeHelpers.GetUninitializedObject(type);
        property.SetValue(instance, make(property.PropertyType));
        return property.GetValue(instance);
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method =>
            method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).SelectMany(Parts),
        PropertyInfo property => Parts(property.PropertyType),
        ConstructorInfo constructor => constructor.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType)),
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];

    private static bool IsAwaitable(Type type) =>
        typeof(Task).IsAssignableFrom(type)
            || type.Name.StartsWith("ValueTask", StringComparison.Ordinal)
            || type.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false)
        || type.Namespace?.StartsWith("Bento", StringComparison.Ordinal) is not true;

    private static void NoOffenders<T>(IEnumerable<T> offenders) =>
        Assert.Empty(offenders.Select(offender => offender?.ToString()).Order(StringComparer.Ordinal));
}
