using Bento.Transport;

namespace Bento.Configuration.Documents;

/// <summary>The areas, when this machine serves them.</summary>
internal sealed class AreasSection
{
    public string? Directory { get; set; }

    /// <summary><c>system-users</c> or <c>current-user</c>.</summary>
    public string Ownership { get; set; } = "current-user";

    public IEnumerable<SettingProblem> Problems() => ToOwnership() is null
        ? [new("areas.ownership", $"'{Ownership}' is not one of: system-users, current-user.")]
        : [];

    /// <returns>Who owns the areas; null when the word is neither.</returns>
    public AreaOwnership? ToOwnership() => Ownership switch
    {
        "system-users" => AreaOwnership.SystemUsers,
        "current-user" => AreaOwnership.CurrentUser,
        _ => null,
    };
}
