namespace Bento.Testing.Agents;

/// <summary>What a machine under test cannot do. The suite skips what needs it, and says so.</summary>
[Flags]
public enum ActivatorLimits
{
    /// <summary>It can do all that the contract names.</summary>
    None = 0,

    /// <summary>There is no system whose switch fails.</summary>
    NoFailingSystem = 1,

    /// <summary>What runs cannot be told.</summary>
    RunningUnknown = 2,
}
