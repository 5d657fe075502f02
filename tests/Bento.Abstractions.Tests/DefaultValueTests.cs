using System.Reflection;

namespace Bento.Abstractions.Tests;

/// <summary>
/// A struct can always be had as its default value; none of ours may blow up in the hands of whoever prints, compares or hashes it.
/// </summary>
public sealed class DefaultValueTests
{
    public static TheoryData<Type> Structs =>
        [.. typeof(BentoException).Assembly.GetExportedTypes().Where(type => type is { IsValueType: true, IsEnum: false })];

    [Theory]
    [MemberData(nameof(Structs))]
    public void The_default_value_of_a_struct_never_throws(Type type)
    {
        var value = Activator.CreateInstance(type)!;

        Assert.NotNull(value.ToString());
        Assert.Equal(value, Activator.CreateInstance(type));
        Assert.Equal(value.GetHashCode(), Activator.CreateInstance(type)!.GetHashCode());
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            _ = property.GetValue(value);
        }
    }

    [Fact]
    public void A_default_host_name_sorts_before_every_other() => Assert.True(default(Bento.HostName) < Bento.HostName.Parse("a"));
}
