using System.Text.Json;
using Bento.Agents;
using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Tests.Composition;

public sealed class FromConfigurationTests
{
    [Fact]
    public async Task The_settings_of_an_application_are_those_of_bento_json()
    {
        await using var services = Fleet(new()
        {
            ["Bento:Directory"] = "/srv/fleet",
            ["Bento:KeepAttempts"] = "7",
            ["Bento:Hosts:web:Reboot"] = "true",
            ["Bento:Hosts:web:HealthChecks:0:Command:0"] = "curl",
            ["Bento:Hosts:web:HealthChecks:0:TimeoutSeconds"] = "5",
        });

        services.GetRequiredService<IStartupValidator>().Validate();

        var options = services.GetRequiredService<IOptions<BentoOptions>>().Value;
        Assert.Equal(("/srv/fleet", 7, true), (options.Directory, options.KeptAttempts, options.Hosts["web"].Reboot));
        var check = Assert.IsType<HealthCheck.Command>(Assert.Single(options.Hosts["web"].HealthChecks));
        Assert.Equal(["curl"], check.Arguments);
        Assert.Equal(TimeSpan.FromSeconds(5), check.Timeout);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_the_key_of_the_application()
    {
        await using var services = Fleet(new()
        {
            ["Bento:Fleet"] = "a b",
            ["Bento:Colour"] = "red",
            ["Bento:Hosts:web:ConfirmSeconds"] = "soon",
            ["Bento:Signing:Keys:0"] = "relative",
        });

        var exception = Assert.Throws<InvalidFleetException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            ["Bento:Colour", "Bento:directory", "Bento:fleet", "Bento:hosts:web:confirmSeconds", "Bento:signing:keys:0"],
            exception.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_host_takes_its_settings_from_an_application_too()
    {
        var services = new ServiceCollection();
        _ = services.AddBentoAgent(Section(new()
        {
            ["Bento:Host"] = "web",
            ["Bento:PollSeconds"] = "5",
            ["Bento:Areas:Directory"] = "/srv/areas",
            ["Bento:Trust:AllowUnsigned"] = "true",
        }));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();

        var options = provider.GetRequiredService<IOptions<AgentOptions>>().Value;
        Assert.Equal(("web", TimeSpan.FromSeconds(5), true), (options.Host, options.PollInterval, options.Trust.AllowUnsigned));
    }

    [Theory]
    [InlineData("bento")]
    [InlineData("agent")]
    public void Every_setting_of_a_file_can_be_one_of_an_application(string file)
    {
        var schema = file == "bento" ? Schema.Bento : Schema.Agent;
        var values = Leaves(schema.Root, string.Empty).ToDictionary(key => $"Bento:{key}", string? (_) => "?");

        Assert.NotEmpty(values);
        Assert.All(values.Keys, key => Assert.NotNull(schema.Find(key["Bento:".Length..])));
        Assert.Empty(Unbound(file, values));
    }

    /// <summary>The settings that no property of the class takes: binding says so.</summary>
    private static IEnumerable<string> Unbound(string file, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var root = file == "bento" ? typeof(Configuration.Documents.BentoFile) : typeof(Configuration.Documents.AgentFile);
        return values.Select(value => value.Key["Bento:".Length..]).Where(key => !Has(root, key.Split(':')));
    }

    private static bool Has(Type type, IReadOnlyList<string> names) => names.Count == 0
        || (type.IsGenericType && type.GetGenericArguments() is [.., var element] && Nullable.GetUnderlyingType(type) is null
            ? Has(element, [.. names.Skip(1)])
            : type.GetProperties().FirstOrDefault(own => own.Name.Equals(names[0], StringComparison.OrdinalIgnoreCase)) is { } property
                && Has(property.PropertyType, [.. names.Skip(1)]));

    private static IEnumerable<string> Leaves(JsonElement schema, string prefix)
    {
        List<(string Name, JsonElement Schema)> members =
        [
            .. schema.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().Where(member => member.Name != "$schema").Select(member => (member.Name, member.Value))
                : [],
            .. schema.TryGetProperty("items", out var items) ? [("0", items)] : Array.Empty<(string, JsonElement)>(),
            .. schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object
                ? [("web", others)]
                : Array.Empty<(string, JsonElement)>(),
        ];
        return members.Count == 0 ? [prefix.TrimEnd(':')] : members.SelectMany(member => Leaves(member.Schema, $"{prefix}{member.Name}:"));
    }

    private static ServiceProvider Fleet(Dictionary<string, string?> values)
    {
        var services = new ServiceCollection();
        _ = services.AddBento(Section(values));
        return services.BuildServiceProvider();
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().GetSection("Bento");
}
