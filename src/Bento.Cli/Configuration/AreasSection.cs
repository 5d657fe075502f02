namespace Bento.Cli.Configuration;

/// <summary>The areas, when this machine serves them.</summary>
internal sealed class AreasSection
{
    public string? Directory { get; set; }

    /// <summary><c>system-users</c> or <c>current-user</c>.</summary>
    public string Ownership { get; set; } = "current-user";
}
