namespace Bento.Agents;

/// <summary>How a machine is made to run a system (NixOS, <c>switch-to-configuration</c>).</summary>
public enum ActivationMode
{
    /// <summary>Now, and until the next boot: the profile stays.</summary>
    Test,

    /// <summary>Now and at every boot.</summary>
    Switch,

    /// <summary>Not at all: only what it would stop, start and restart is told.</summary>
    DryActivate,
}
