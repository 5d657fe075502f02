namespace Bento.Validation;

/// <summary>What a fleet and a host may be called.</summary>
internal static class NameRules
{
    public static IEnumerable<OptionsProblem> Fleet(string property, string name) => FleetName.TryParse(name, null, out _)
        ? []
        : [new(property, $"'{name}' is not the name of a fleet: letters, digits, '_', '-' and '.', 63 characters at most.")];

    public static IEnumerable<OptionsProblem> Host(string property, string name) => HostName.TryParse(name, out _)
        ? []
        : [new(
            property,
            $"'{name}' is not the name of a host: a letter or '_', then letters, digits, '_' and '-', 31 characters at most.")];
}
