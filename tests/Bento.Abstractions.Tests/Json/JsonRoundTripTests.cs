using System.Text.Json;
using System.Text.Json.Serialization;
using Bento.Agents;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;

namespace Bento.Abstractions.Tests.Json;

/// <summary>
/// Whoever embeds Bento writes its values into databases, queues and web pages with System.Text.Json, as it comes: nothing gets lost there.
/// </summary>
public sealed class JsonRoundTripTests
{
    private static readonly Type[] Hierarchies = [typeof(FleetEvent), typeof(FleetChange), typeof(AgentEvent), typeof(HealthCheck)];

    /// <summary>A function cannot travel.</summary>
    private static readonly Type[] NotData = [typeof(DeployRequest), typeof(RolloutRequest)];

    public static TheoryData<Type> Records =>
    [
        .. typeof(HostName).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && !NotData.Contains(type))
            .Where(type => type.GetMethod("<Clone>$") is not null || (type.IsValueType && !type.IsEnum)),
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public void A_value_comes_back_from_json_as_it_was(Type type)
    {
        var value = SampleValues.Of(type);

        var text = JsonSerializer.Serialize(value, type, JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize(text, type, JsonSerializerOptions.Web);

        Assert.True(value.Equals(back), $"{value} became {back} by way of {text}");
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void An_event_comes_back_as_the_event_that_it_was(Type type)
    {
        if (Array.Find(Hierarchies, type.IsSubclassOf) is not { } hierarchy)
        {
            return;
        }

        var value = SampleValues.Of(type);

        Assert.Equal(value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value, hierarchy), hierarchy));
    }

    [Fact]
    public void Every_event_has_a_name_of_its_own_in_json() => Assert.All(Hierarchies, hierarchy =>
    {
        var named = hierarchy.GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>()
            .ToList();
        Assert.Equal(
            hierarchy.GetNestedTypes().Where(nested => nested.IsSubclassOf(hierarchy)).ToHashSet(),
            named.Select(attribute => attribute.DerivedType).ToHashSet());
        Assert.Equal(named.Count, named.Select(attribute => attribute.TypeDiscriminator).Distinct().Count());
    });

    [Fact]
    public void A_name_is_text_also_as_the_key_of_a_dictionary()
    {
        var plan = new Dictionary<HostName, StorePath?> { [HostName.Parse("web")] = null };

        var text = JsonSerializer.Serialize(plan);

        Assert.Equal("""{"web":null}""", text);
        Assert.Equal(plan, JsonSerializer.Deserialize<Dictionary<HostName, StorePath?>>(text));
    }

    [Theory]
    [InlineData("\"../etc\"")]
    [InlineData("\"\"")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("null")]
    public void What_is_not_a_name_is_refused_and_not_repeated(string json)
    {
        var exception = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<HostName>(json));

        Assert.DoesNotContain("../etc", exception.Message, StringComparison.Ordinal);
    }
}
